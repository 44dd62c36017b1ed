import type { Blocker, FunnelLine, Reason } from '../../model/verdict.ts';
import type { Clause } from '../../query/engine.ts';
import { plural } from '../../util/plural.ts';
import type { CountedClause } from './killers.ts';
import { relax, type Relaxation } from './relaxation.ts';
import { createRelaxedRuns, type RelaxedRuns, type RuleExecution } from './relaxed-runs.ts';
import { describeBlocker } from './summary.ts';

export interface Explanation {
  readonly reason: Reason;
  readonly funnel: readonly FunnelLine[];
  /** The clause that removed the last row; null when no clause did (there were no rows, or too few at the end). */
  readonly decisive: Clause | null;
}

/** Why an execution stayed silent: where the rows went, and everything that would have to change for it to fire. */
export const explainSilence = async (silent: RuleExecution): Promise<Explanation> => {
  const runs = createRelaxedRuns(silent);
  const counted = await runs.count([]);
  const relaxation = await relax(runs);
  const blockers = await blockersOf(runs, relaxation);
  const first = blockers[0];
  const summary = first?.summary ?? (await describeEmpty(runs, counted));
  const reason: Reason = {
    summary: relaxation.stuck === null ? summary : `${summary}; ${describeStuck(relaxation.stuck)}`,
    ...(first === undefined ? {} : { clause: first.clause, place: first.place }),
    blockers,
    proved: relaxation.proved,
  };
  const decisive = silent.query.clauses.find((clause) => clause.id === first?.id) ?? null;
  return { reason, funnel: funnelOf(counted), decisive };
};

/** One line per clause, as reports show it. */
export const funnelOf = (counted: readonly CountedClause[]): readonly FunnelLine[] =>
  counted.map(({ clause: { id, kind, stage, clause, place, calledAt }, count }) => ({
    id,
    kind,
    stage,
    clause,
    place,
    ...(calledAt === undefined ? {} : { calledAt }),
    rows: count.rows,
    rowsIn: count.rowsIn,
    ...(count.alone === undefined ? {} : { alone: count.alone }),
    ...(count.withOthers === undefined ? {} : { withOthers: count.withOthers }),
  }));

/** Each blocker as the rows meet it once the ones before it are gone. */
const blockersOf = async (runs: RelaxedRuns, { dropped, stuck }: Relaxation): Promise<readonly Blocker[]> => {
  const ids = stuck === null ? dropped : [...dropped, stuck.clause.id];
  const blockers: Blocker[] = [];
  for (const [index, id] of ids.entries()) {
    const before = ids.slice(0, index);
    const found = (await runs.count(before)).find(({ clause }) => clause.id === id);
    if (found !== undefined) blockers.push(await toBlocker(runs, found, before));
  }
  return blockers;
};

const toBlocker = async (
  { execution: { engine, query, now, signal } }: RelaxedRuns,
  { clause, count }: CountedClause,
  before: readonly string[],
): Promise<Blocker> => {
  const near = clause.kind === 'conjunct' ? await engine.near(query, clause.id, { now, relax: before, signal }) : [];
  return {
    id: clause.id,
    clause: clause.clause,
    place: clause.place,
    rowsIn: count.rowsIn,
    rowsOut: count.rows,
    summary: describeBlocker(count.rowsIn, count.rows, near),
    near,
  };
};

const describeStuck = ({ clause, count }: CountedClause): string =>
  `the list ends at "${clause.clause}" (${plural(count.rowsIn, 'row')} in, ${count.rows} out), which cannot be left out`;

const describeEmpty = async (runs: RelaxedRuns, counted: readonly CountedClause[]): Promise<string> => {
  const { query, threshold } = runs.execution;
  const rows = await runs.rows([]);
  if (rows > 0) return `${plural(rows, 'row')}, the rule's trigger asks for more than ${threshold}`;
  // A base table is a clause of its own, whose text is its name.
  const empty = query.tables.filter((name) =>
    counted.some(({ clause, count }) => clause.clause === name && count.rows === 0),
  );
  return `no rows in ${(empty.length === 0 ? query.tables : empty).join(', ')}`;
};
