import { environmentValue } from '../../formats/strace/strings.ts';
import type { LossCounter } from '../loss-counter.ts';
import type { TracedProcess } from './traced-process.ts';

/** A program was started with a faked clock: until it loads the library that fakes it, nothing says that it follows. */
export const expectClock = (process: TracedProcess, path: string, environment: string, losses: LossCounter): void => {
  countRealTime(process, losses);
  process.inRealTime = process.hidden || environmentValue(environment, 'FAKETIME') === null ? null : path;
};

/** A file was opened: the library, before the program's first instruction, or any other. */
export const noteLibrary = (process: TracedProcess, opened: string): void => {
  if (process.inRealTime !== null && opened.includes('/faketime/libfaketime')) process.inRealTime = null;
};

/** The program is over. A static one, or one with more privileges than its caller, went by real time among the others. */
export const countRealTime = (process: TracedProcess, losses: LossCounter): void => {
  if (process.inRealTime !== null) {
    losses.add('unsupported', 'programs that did not follow the compressed clock', process.inRealTime);
  }
  process.inRealTime = null;
};
