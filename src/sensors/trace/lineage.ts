import type { PendingCall, ThreadEnd, TraceItem, TracedCall } from '../../formats/strace/join-calls.ts';
import type { LossCounter } from '../loss-counter.ts';
import type { ProcessTree } from './process-tree.ts';
import type { TracedProcess } from './traced-process.ts';

/** Items of the trace with the process they belong to, each process's own in order. */
export interface ItemSink {
  onCall(process: TracedProcess, call: TracedCall): void;
  /** A call that its thread was in when it was ended. */
  onLost(process: TracedProcess, call: PendingCall, micros: number): void;
  onEnd(process: TracedProcess, end: ThreadEnd): void;
}

export interface Lineage {
  take(item: TraceItem): void;
  /** Says what became of the processes whose origin never showed; `pending` are the calls that had not ended. */
  finish(pending: Iterable<PendingCall>): void;
}

const cloneCalls = new Set(['clone', 'clone3', 'fork', 'vfork']);

/** A thread that nobody is known to have made yet, with all it did so far. */
interface Stranger {
  readonly tid: number;
  readonly items: TraceItem[];
}

/** A stranger that does this much before its parent returns is linked, or given up, without waiting longer. */
const longestWait = 20_000;

/**
 * Links every process to the one that made it. A child often runs before the trace shows that its parent's `clone` returned,
 * with the child's id: its items wait for that. What never shows is linked to the one clone that never returned (a `vfork`
 * whose child neither execs nor ends), or counted as unlinked.
 */
export const createLineage = (tree: ProcessTree, sink: ItemSink, losses: LossCounter): Lineage => {
  const strangers = new Map<number, Stranger[]>();
  /** Clones whose caller was ended before they returned. */
  const lostClones: { readonly parent: TracedProcess; readonly call: PendingCall }[] = [];

  const take = (item: TraceItem): void => {
    const tid = tidOf(item);
    const process = tree.find(tid);
    if (process === undefined) wait(tid, item);
    else handle(process, item);
  };

  const wait = (tid: number, item: TraceItem): void => {
    const lives = strangers.get(tid) ?? [];
    strangers.set(tid, lives);
    const latest = lives.at(-1);
    // After its end the number belongs to another.
    if (latest === undefined || latest.items.at(-1)?.kind === 'end') lives.push({ tid, items: [item] });
    else latest.items.push(item);
    if (latest !== undefined && latest.items.length >= longestWait) adopt(latest, []);
  };

  const handle = (process: TracedProcess, item: TraceItem): void => {
    switch (item.kind) {
      case 'call':
        if (cloneCalls.has(item.call.name)) onClone(process, item.call);
        else sink.onCall(process, item.call);
        break;
      case 'superseded':
        tree.endThread(item.by);
        tree.addThread(process, item.tid);
        break;
      case 'end':
        if (item.end.lost !== null) onLost(process, item.end.lost, item.end.micros);
        if (tree.endThread(item.end.tid)) sink.onEnd(process, item.end);
        break;
    }
  };

  const onLost = (process: TracedProcess, call: PendingCall, micros: number): void => {
    if (cloneCalls.has(call.name)) lostClones.push({ parent: process, call });
    else sink.onLost(process, call, micros);
  };

  const onClone = (process: TracedProcess, call: TracedCall): void => {
    const tid = childId(call);
    if (tid === null) return;
    link(process, tid, isThread(call.args), call.startMicros);
    const life = takeLife(tid);
    if (life !== undefined) replay(life);
  };

  const link = (parent: TracedProcess, tid: number, thread: boolean, micros: number): void => {
    if (thread) tree.addThread(parent, tid);
    else tree.fork(parent, tid, micros);
  };

  const takeLife = (tid: number): Stranger | undefined => {
    const life = strangers.get(tid)?.[0];
    if (life !== undefined) forget(life);
    return life;
  };

  const forget = (life: Stranger): void => {
    const others = strangers.get(life.tid)?.filter((other) => other !== life) ?? [];
    if (others.length === 0) strangers.delete(life.tid);
    else strangers.set(life.tid, others);
  };

  const replay = (life: Stranger): void => {
    for (const item of life.items) take(item);
  };

  const adopt = (life: Stranger, pending: readonly PendingCall[]): void => {
    forget(life);
    const { line, micros } = startOf(life);
    const clones = [...openClones(pending), ...lostClones].filter(({ call }) => call.line < line);
    const [only] = clones;
    if (only !== undefined && clones.length === 1) {
      link(only.parent, life.tid, isThread([only.call.text]), only.call.micros);
    } else {
      losses.add('unlinked', 'processes whose origin the trace does not show', `process ${life.tid} from line ${line}`);
      tree.adopt(life.tid, micros);
    }
    replay(life);
  };

  const openClones = (
    pending: readonly PendingCall[],
  ): { readonly parent: TracedProcess; readonly call: PendingCall }[] =>
    pending.flatMap((call) => {
      const parent = cloneCalls.has(call.name) ? tree.find(call.tid) : undefined;
      return parent === undefined ? [] : [{ parent, call }];
    });

  const finish = (pending: Iterable<PendingCall>): void => {
    const open = [...pending];
    const waiting = [...strangers.values()].flat().sort((left, right) => startOf(left).line - startOf(right).line);
    for (const life of waiting) {
      // One of those before may have turned out to be its parent.
      if (strangers.get(life.tid)?.includes(life) === true) adopt(life, open);
    }
  };

  return { take, finish };
};

const tidOf = (item: TraceItem): number => {
  switch (item.kind) {
    case 'call':
      return item.call.tid;
    case 'end':
      return item.end.tid;
    case 'superseded':
      return item.tid;
  }
};

const startOf = ({ items: [item] }: Stranger): { readonly line: number; readonly micros: number } => {
  switch (item?.kind) {
    case 'call':
      return { line: item.call.startLine, micros: item.call.startMicros };
    case 'end':
      return { line: item.end.line, micros: item.end.micros };
    case 'superseded':
    case undefined:
      return { line: 0, micros: 0 };
  }
};

const isThread = (args: readonly string[]): boolean => args.some((arg) => arg.includes('CLONE_THREAD'));

/** In a process namespace of its own the caller sees another number than strace does, which `--pidns-translation` adds. */
const childId = (call: TracedCall): number | null => {
  const translated = /^ \/\* (\d+) in strace's PID NS \*\//.exec(call.rest)?.[1];
  if (translated !== undefined) return Number(translated);
  return call.value === null || call.value <= 0 ? null : call.value;
};
