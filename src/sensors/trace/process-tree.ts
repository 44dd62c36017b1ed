import type { Micros } from '../../model/event.ts';
import type { SensorContext, TracedStep } from '../sensor.ts';
import type { OnBehalf } from './on-behalf.ts';
import { createProcess, type Lineage, type TracedProcess } from './traced-process.ts';

/** Every process of the host and which threads are its own. */
export interface ProcessTree {
  /** The process of a live thread. */
  find(tid: number): TracedProcess | undefined;
  fork(parent: TracedProcess, pid: number, micros: Micros): TracedProcess;
  addThread(process: TracedProcess, tid: number): void;
  /** A process whose origin was not seen. */
  adopt(pid: number, micros: Micros): TracedProcess;
  /** Forgets a thread; true when it was its process's last word. */
  endThread(tid: number): boolean;
  readonly all: readonly TracedProcess[];
  readonly agent: TracedProcess;
}

/**
 * The machine has one clock, but a step's times are noted around it, and a service's before it is asked for. The number is
 * what identifies it; the time only tells two uses of a number apart.
 */
const slackMicros = 10_000_000;

/** Whom services of Windows run as. */
const systemUser = 'NT AUTHORITY\\SYSTEM';

export const createProcessTree = (
  context: SensorContext,
  onBehalf: OnBehalf,
  all: TracedProcess[] = [],
): ProcessTree => {
  const threads = new Map<number, TracedProcess>();
  const unmatched = new Set<TracedStep>(context.steps);

  const add = (process: TracedProcess): TracedProcess => {
    all.push(process);
    threads.set(process.pid, process);
    return process;
  };

  const agent = createProcess(context.host, context.agentPid, 0, null, { kind: 'harness' });
  agent.hidden = true;
  add(agent);

  /** A step begins with a child of the harness that has its process id; ids are reused, so the time decides. */
  const lineageOf = (parent: TracedProcess, pid: number, micros: Micros): Lineage => {
    if (parent.lineage.kind !== 'harness') return parent.lineage;
    const candidates = [...unmatched].filter(
      (result) =>
        result.pid === pid && micros >= result.startedAt - slackMicros && micros <= result.finishedAt + slackMicros,
    );
    const [result] = candidates.sort(
      (left, right) => Math.abs(left.startedAt - micros) - Math.abs(right.startedAt - micros),
    );
    if (result === undefined) return parent.lineage;
    unmatched.delete(result);
    return { kind: 'step', result };
  };

  const fork = (parent: TracedProcess, pid: number, micros: Micros): TracedProcess => {
    const asked = onBehalf.start(parent, pid, micros);
    const lineage = asked?.lineage ?? lineageOf(parent, pid, micros);
    const process = add(createProcess(context.host, pid, micros, parent, lineage));
    const isService = lineage.kind === 'step' && lineage.result.step.origin === 'service';
    if (asked !== null) process.user = asked.user;
    else if (isService && context.persona === 'windows') process.user = systemUser;
    return process;
  };

  return {
    agent,
    all,
    find: (tid) => threads.get(tid),
    fork,
    addThread: (process, tid) => threads.set(tid, process),
    adopt: (pid, micros) => add(createProcess(context.host, pid, micros, null, { kind: 'unlinked' })),
    endThread: (tid) => {
      const isLeader = threads.get(tid)?.pid === tid;
      threads.delete(tid);
      return isLeader;
    },
  };
};
