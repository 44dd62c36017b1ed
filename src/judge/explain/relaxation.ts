import type { CompiledQuery, Engine } from '../../query/engine.ts';
import { countClauses, killersOf, type CountedClause } from './killers.ts';

/** An execution that stayed silent, and what it would take to call it fired. */
export interface SilentExecution {
  readonly engine: Engine;
  readonly query: CompiledQuery;
  readonly now: number;
  readonly threshold: number;
  readonly signal: AbortSignal;
}

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
export const relax = async (silent: SilentExecution): Promise<Relaxation> => {
  const dropped: string[] = [];
  while (!(await firesWithout(silent, dropped))) {
    const killers = killersOf(await countWithout(silent, dropped)).filter(({ clause }) => !dropped.includes(clause.id));
    const next = killers.find(({ clause }) => clause.relaxable);
    if (next === undefined) return { dropped, proved: false, stuck: killers.at(-1) ?? null };
    dropped.push(next.clause.id);
  }
  return { dropped: await putBack(silent, dropped), proved: true, stuck: null };
};

/** Rows after every clause, with some left out. */
export const countWithout = async (
  { engine, query, now, signal }: SilentExecution,
  dropped: readonly string[],
): Promise<readonly CountedClause[]> =>
  countClauses(query.clauses, await engine.funnel(query, { now, relax: dropped, signal }));

const firesWithout = async (
  { engine, query, now, threshold, signal }: SilentExecution,
  dropped: readonly string[],
): Promise<boolean> => (await engine.run(query, { now, relax: dropped, signal })).rows.length > threshold;

/** Until nothing more can go back: one pass is not enough, since dropping less can matter more (an anti-join, a count). */
const putBack = async (silent: SilentExecution, dropped: readonly string[]): Promise<readonly string[]> => {
  for (const id of dropped) {
    const rest = dropped.filter((other) => other !== id);
    if (await firesWithout(silent, rest)) return putBack(silent, rest);
  }
  return dropped;
};
