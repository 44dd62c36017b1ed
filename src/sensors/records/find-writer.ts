import type { Micros } from '../../model/event.ts';
import type { TracedProcess } from '../trace/traced-process.ts';

/** Who wrote a record, or why nobody can have. */
export type Writer =
  { readonly ok: true; readonly process: TracedProcess } | { readonly ok: false; readonly reason: string };

/** The trace notes a call when it begins and the driver a record when it arrives, so an end may be noted a little early. */
const slackMicros = 1_000_000;

/**
 * A record names its writer, and anything in the host can write to the socket. It counts only when the trace knows a component
 * of the persona by that number, alive when the record came in, that had connected to the socket by then.
 */
export const findWriter = (processes: readonly TracedProcess[], pid: number, receivedMicros: Micros): Writer => {
  const alive = processes.filter(
    (process) =>
      process.pid === pid &&
      process.bornMicros <= receivedMicros &&
      (process.endedMicros === null || receivedMicros <= process.endedMicros + slackMicros),
  );
  const process = alive.at(-1);
  if (process === undefined) return { ok: false, reason: 'the process it names was not alive' };
  if (process.image?.isComponent !== true)
    return { ok: false, reason: 'the process it names is no component of the persona' };
  if (process.recordsMicros === null || process.recordsMicros > receivedMicros) {
    return { ok: false, reason: 'the process it names had not connected to the records socket' };
  }
  return { ok: true, process };
};
