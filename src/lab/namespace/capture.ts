import { closeSync, openSync } from 'node:fs';
import { captureCommand, captureFailed, createCapture, type Capture } from '../capture/capture.ts';
import { createTraceWatch } from '../host/trace-watch.ts';
import type { IdMap } from './id-map.ts';
import { firstLine, startLong } from './long-process.ts';
import { enter } from './tool.ts';

export interface CaptureOptions {
  readonly runId: string;
  readonly idMap: IdMap;
  /** A process in the network namespace, as the machine numbers it. */
  readonly pid: number;
  /** For example `host ws1`. */
  readonly of: string;
  readonly interfaces: readonly string[];
  readonly file: string;
  readonly limitBytes: number;
}

/** Starts a capturer in the network of a host or the fabric, and in nothing else of it: no test sees it or can signal it. */
export const startCapture = async (options: CaptureOptions): Promise<Capture> => {
  const { runId, idMap, pid, of, interfaces, file, limitBytes } = options;
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    const argv = enter(idMap, pid, ['user', 'net'], captureCommand({ file: 3, ready: 1 }, interfaces));
    const process = startLong(runId, argv, [descriptor]);
    try {
      await firstLine(process, `the packet sensor of ${of}`);
    } catch (error) {
      throw captureFailed(of, error instanceof Error ? error.message : String(error));
    }
    return createCapture({
      file,
      watch: createTraceWatch(`the capture of ${of}`, file, limitBytes),
      ended: process.ended,
      closeInput: () => process.child.stdin?.end(),
      kill: () => void process.child.kill('SIGKILL'),
    });
  } finally {
    closeSync(descriptor);
  }
};
