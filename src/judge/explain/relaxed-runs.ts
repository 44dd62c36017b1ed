import type { CompiledQuery, Engine } from '../../query/engine.ts';
import { countClauses, type CountedClause } from './killers.ts';

/** One execution of a rule: when, and how many rows it takes to call it fired. */
export interface RuleExecution {
  readonly engine: Engine;
  readonly query: CompiledQuery;
  readonly now: number;
  /** It fires with more rows than this. */
  readonly threshold: number;
  readonly signal: AbortSignal;
}

/** The same execution with clauses left out, each such run made once. */
export interface RelaxedRuns {
  readonly execution: RuleExecution;
  /** Rows of the result without the clauses `dropped`. */
  rows(dropped: readonly string[]): Promise<number>;
  fires(dropped: readonly string[]): Promise<boolean>;
  /** Rows after every clause. */
  count(dropped: readonly string[]): Promise<readonly CountedClause[]>;
}

export const createRelaxedRuns = (execution: RuleExecution): RelaxedRuns => {
  const { engine, query, now, threshold, signal } = execution;
  const rows = once(async (relax) => (await engine.run(query, { now, relax, signal })).rows.length);
  const count = once(async (relax) => countClauses(query.clauses, await engine.funnel(query, { now, relax, signal })));
  return { execution, rows, count, fires: async (dropped) => (await rows(dropped)) > threshold };
};

const once = <T>(run: (dropped: readonly string[]) => Promise<T>) => {
  const known = new Map<string, Promise<T>>();
  return (dropped: readonly string[]): Promise<T> => {
    const key = [...dropped].sort().join(' ');
    const result = known.get(key) ?? run(dropped);
    known.set(key, result);
    return result;
  };
};
