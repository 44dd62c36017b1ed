import { createContent, type ContentOptions } from './create-content.ts';
import type { Content } from './content.ts';
import { readFiles } from './read-files.ts';
import { mayHoldDetections } from './detections/recognize.ts';

// `.yml` too: to say that nobody reads it, instead of saying nothing.
const isYaml = (path: string): boolean => /\.ya?ml$/.test(path);

const isEnvironment = (path: string): boolean => isYaml(path) && !path.includes('/');

/** Where people write, below a project folder, and which files there are looked at. */
const folders: readonly (readonly [folder: string, isWanted: (path: string) => boolean])[] = [
  ['atomics', isYaml],
  ['benign', isYaml],
  ['detections', mayHoldDetections],
  // What environments name stands there too: functions and rows, which whoever runs queries reads.
  ['environments', isEnvironment],
  ['lab/data', isYaml],
  ['lab/topologies', isYaml],
  ['playbooks', isYaml],
  ['scenarios', isYaml],
];

/**
 * Reads and checks everything that people wrote below a project folder. All problems of all files come back in one pass;
 * throws a HarnessError only when a file cannot be read.
 */
export const loadContent = async (root: string, options: ContentOptions = {}): Promise<Content> => {
  const files = await Promise.all(folders.map(([folder, isWanted]) => readFiles(root, folder, isWanted)));
  return createContent(files.flat(), options);
};
