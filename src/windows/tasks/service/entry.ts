import type { TaskDefinition } from '../definition.ts';
import { nextRunOf } from '../next-run.ts';
import type { Caller } from '../../os/service-call.ts';
import type { TaskInfo, TaskState } from '../protocol.ts';
import type { Instance } from './instance.ts';

/** On whose behalf something is done: the request that asked for it. */
export interface Errand {
  readonly request: number;
  readonly caller: Caller;
}

/** A registered task and what has become of it. */
export interface Entry {
  readonly path: string;
  xml: string;
  definition: TaskDefinition;
  /** The latest registration: what a trigger starts is done for whoever asked for that. */
  registration: Errand;
  /** Milliseconds since the epoch. */
  due: number | null;
  lastRun: number | null;
  lastResult: number;
  readonly running: Set<Instance>;
  /** Launches that wait for the running instance. */
  readonly queue: Errand[];
}

const stateOf = ({ definition, running, queue }: Entry): TaskState => {
  if (running.size > 0) return 'Running';
  if (!definition.settings.enabled) return 'Disabled';
  return queue.length > 0 ? 'Queued' : 'Ready';
};

export const infoOf = (entry: Entry, now: number): TaskInfo => ({
  path: entry.path,
  xml: entry.xml,
  state: stateOf(entry),
  lastRun: entry.lastRun,
  lastResult: entry.lastResult,
  nextRun: nextRunOf(entry.definition, now),
  missedRuns: 0,
});
