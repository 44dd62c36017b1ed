import type { ColumnInfo } from '../../model/table.ts';
import type { Pending } from './pending.ts';
import type { Stage } from './stage.ts';

/** A query of any language: stages in an order in which each comes after those it reads, the last one being the result. */
export interface Plan {
  readonly stages: readonly Stage[];
  readonly root: string;
  /** What has to be run before the rest of the query can be known; stages after it are a sketch without its columns. */
  readonly pending?: Pending;
}

export const stageOf = (plan: Plan, id: string): Stage => {
  const stage = plan.stages.find((candidate) => candidate.id === id);
  if (stage === undefined) throw new Error(`the plan has no stage ${id}`);
  return stage;
};

export const resultColumns = (plan: Plan): readonly ColumnInfo[] =>
  stageOf(plan, plan.root).output.map(({ name, type }) => ({ name, type }));

/** Base tables that the plan reads, in the order of their first mention. */
export const tablesOf = (plan: Plan): readonly string[] => [
  ...new Set(plan.stages.flatMap((stage) => (stage.kind === 'table' ? [stage.table] : []))),
];
