import type { Command } from 'commander';

export interface DetectionsFlag {
  readonly detections?: readonly string[];
}

/** Said once for each path, so that what follows on the command line is not taken for one. */
export const addDetectionsOption = (command: Command, purpose: string): Command =>
  command.option(
    '--detections <path>',
    `${purpose}: a folder or file of Sigma, Sentinel, Sumo or Cloud SIEM rules; may be given several times`,
    (path: string, before: readonly string[] = []) => [...before, path],
  );
