import { killersOf, type CountedClause } from './killers.ts';
import type { RelaxedRuns } from './relaxed-runs.ts';

export interface Relaxation {
  /** Clauses that keep the rule silent, in the order in which the rows meet them. */
  readonly dropped: readonly string[];
  /** Without all of `dropped` the rule was run and fired, and putting any one of them back silenced it again. */
  readonly proved: boolean;
  /** Where the chain had to end: this clause removed the last row and cannot be left out. */
  readonly stuck: CountedClause | null;
}

/**
 * Drops the clause that removed the last row and runs again, until the rule fires. What was dropped on the way and turns out
 * not to matter (a branch that the result does not need) is put back.
 */
export const relax = async (runs: RelaxedRuns): Promise<Relaxation> => {
  const dropped: string[] = [];
  while (!(await runs.fires(dropped))) {
    const killers = killersOf(await runs.count(dropped)).filter(({ clause }) => !dropped.includes(clause.id));
    const next = killers.find(({ clause }) => clause.relaxable);
    if (next === undefined) return { dropped, proved: false, stuck: killers.at(-1) ?? null };
    dropped.push(next.clause.id);
  }
  return { dropped: await putBack(runs, dropped), proved: dropped.length > 0, stuck: null };
};

/** Until nothing more can go back: one pass is not enough, since what is dropped can matter more with less dropped beside it. */
const putBack = async (runs: RelaxedRuns, dropped: readonly string[]): Promise<readonly string[]> => {
  for (const id of dropped) {
    const rest = dropped.filter((other) => other !== id);
    if (await runs.fires(rest)) return putBack(runs, rest);
  }
  return dropped;
};
