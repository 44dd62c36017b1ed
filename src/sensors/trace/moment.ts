import type { TracedCall } from '../../formats/strace/join-calls.ts';
import type { Moment } from './event-writer.ts';

export const startOf = (call: TracedCall): Moment => ({ line: call.startLine, micros: call.startMicros });

export const endOf = (call: TracedCall): Moment => ({ line: call.endLine, micros: call.endMicros });
