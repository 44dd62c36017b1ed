import type { ThreadEnd } from '../../formats/strace/join-calls.ts';
import { countRealTime } from './clock-use.ts';
import { forgetAll } from './socket-lifetime.ts';
import type { TraceState } from './trace-state.ts';
import type { TracedProcess } from './traced-process.ts';

/** A process that ran a program of its own ends with an event; a fork that never did began with none. */
export const onEnd = (process: TracedProcess, end: ThreadEnd, state: TraceState): void => {
  const moment = { line: end.line, micros: end.micros };
  forgetAll(process, moment, state);
  countRealTime(process, state.losses);
  process.endedMicros = end.micros;
  if (process.start === null) return;
  state.writer.write(process, 'process-end', moment, {
    'process.exit_code': end.code ?? undefined,
    'event.outcome': end.code === 0 ? 'success' : 'failure',
    'event.reason': end.signal ?? undefined,
  });
};
