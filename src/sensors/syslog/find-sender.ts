import type { Micros } from '../../model/event.ts';
import type { TracedProcess } from '../trace/traced-process.ts';

/** The daemon takes a moment, and a process that logs its own start may be gone by then. */
const slackMicros = 2_000_000;

/** The latest process of that number that lived shortly before a message came in; the daemon has the number from the kernel. */
export const findSender = (
  processes: readonly TracedProcess[],
  pid: number,
  receivedMicros: Micros,
): TracedProcess | null =>
  processes.findLast(
    (process) =>
      process.pid === pid &&
      process.bornMicros <= receivedMicros &&
      (process.endedMicros === null || receivedMicros <= process.endedMicros + slackMicros),
  ) ?? null;
