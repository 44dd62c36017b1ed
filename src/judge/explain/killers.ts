import type { Clause, ClauseCount } from '../../query/engine.ts';

/** A clause with its counts in one execution. */
export interface CountedClause {
  readonly clause: Clause;
  readonly count: ClauseCount;
}

export const countClauses = (clauses: readonly Clause[], counts: readonly ClauseCount[]): readonly CountedClause[] => {
  const byId = new Map(counts.map((count) => [count.id, count]));
  return clauses.map((clause) => {
    const count = byId.get(clause.id);
    if (count === undefined) throw new Error(`the engine counted no rows for clause ${clause.id}`);
    return { clause, count };
  });
};

/** Clauses that rows went into and none came out of, in the order of the plan; of a stage with conditions, the condition that did it. */
export const killersOf = (counted: readonly CountedClause[]): readonly CountedClause[] => {
  const killing = counted.filter(({ count }) => count.rowsIn > 0 && count.rows === 0);
  return killing.filter(
    ({ clause }) => clause.kind === 'conjunct' || !killing.some((other) => other.clause.id.startsWith(`${clause.id}/`)),
  );
};
