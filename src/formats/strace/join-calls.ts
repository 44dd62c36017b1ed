import { parseStraceCall, type StraceCall } from './call.ts';
import type { StraceLine } from './line.ts';

/** A call with its thread, and where and when it began and ended. */
export interface TracedCall extends StraceCall {
  readonly tid: number;
  readonly startLine: number;
  readonly endLine: number;
  readonly startMicros: number;
  readonly endMicros: number;
  /** An exec after which the caller goes on under its leader's id: it succeeded, whatever strace prints as its value. */
  readonly superseded: boolean;
}

/** A call that has begun. */
export interface PendingCall {
  readonly tid: number;
  readonly name: string;
  readonly text: string;
  readonly line: number;
  readonly micros: number;
  readonly superseded: boolean;
}

/** A thread is gone; `lost` is the call it was in, which never returned. */
export interface ThreadEnd {
  readonly tid: number;
  readonly line: number;
  readonly micros: number;
  readonly code: number | null;
  readonly signal: string | null;
  readonly lost: PendingCall | null;
}

export type TraceItem =
  | { readonly kind: 'call'; readonly call: TracedCall }
  | { readonly kind: 'end'; readonly end: ThreadEnd }
  /** Thread `by` took the place of its leader `tid`. */
  | { readonly kind: 'superseded'; readonly tid: number; readonly by: number };

/** `unparsed`: the call cannot be read; `dropped`: one half of it is missing. */
export type JoinProblem = (problem: 'unparsed' | 'dropped', detail: string) => void;

export interface CallJoiner {
  /** Null while a call is under way. */
  take(line: StraceLine, number: number): TraceItem | null;
  /** Calls begun and not ended, by thread. */
  readonly pending: ReadonlyMap<number, PendingCall>;
}

/** Puts the two halves of interrupted calls together. A half without its other half is a problem, never a call. */
export const createCallJoiner = (report: JoinProblem): CallJoiner => {
  const pending = new Map<number, PendingCall>();

  const whole = (text: string, begun: PendingCall, line: StraceLine, endLine: number): TraceItem | null => {
    const item = joinCall(text, begun, line.pid, line.micros, endLine);
    if (item === null) report('unparsed', text);
    return item;
  };

  const take = (line: StraceLine, number: number): TraceItem | null => {
    const before = pending.get(line.pid);
    switch (line.kind) {
      case 'complete':
      case 'unfinished': {
        if (before !== undefined) {
          pending.delete(line.pid);
          report('dropped', `the end of ${before.text}`);
        }
        const { name, text, pid: tid, micros } = line;
        const superseded = line.kind === 'unfinished' && line.becomes !== null;
        const begun = { tid, name, text, line: number, micros, superseded };
        if (line.kind === 'complete') return whole(text, begun, line, number);
        pending.set(line.becomes ?? tid, begun);
        return null;
      }
      case 'resumed': {
        pending.delete(line.pid);
        if (before?.name === line.name) return whole(before.text + line.text, before, line, number);
        report('dropped', `the beginning of ${line.name}`);
        return null;
      }
      case 'superseded': {
        const exec = pending.get(line.by);
        pending.delete(line.by);
        if (exec !== undefined) pending.set(line.pid, { ...exec, superseded: true });
        return { kind: 'superseded', tid: line.pid, by: line.by };
      }
      case 'exited':
      case 'killed': {
        pending.delete(line.pid);
        const code = line.kind === 'exited' ? line.code : null;
        const signal = line.kind === 'killed' ? line.signal : null;
        return {
          kind: 'end',
          end: { tid: line.pid, line: number, micros: line.micros, code, signal, lost: before ?? null },
        };
      }
      case 'signal':
        return null;
    }
  };

  return { take, pending };
};

const joinCall = (
  text: string,
  begun: PendingCall,
  tid: number,
  endMicros: number,
  endLine: number,
): TraceItem | null => {
  const call = parseStraceCall(text);
  if (call === null) return null;
  return {
    kind: 'call',
    call: {
      name: call.name,
      args: call.args,
      value: call.value,
      errno: call.errno,
      rest: call.rest,
      tid,
      startLine: begun.line,
      endLine,
      startMicros: begun.micros,
      endMicros,
      superseded: begun.superseded,
    },
  };
};

/** A call that never returned, as one whose value is unknown; null when what was printed of it cannot be read. */
export const abandonedCall = (pending: PendingCall, endMicros: number): TracedCall | null => {
  const item = joinCall(`${pending.text}) = ?`, pending, pending.tid, endMicros, pending.line);
  return item?.kind === 'call' ? item.call : null;
};
