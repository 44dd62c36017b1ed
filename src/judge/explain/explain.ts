import type { Blocker, FunnelLine, Reason } from '../../model/verdict.ts';
import type { Clause } from '../../query/engine.ts';
import { plural } from '../../util/plural.ts';
import type { CountedClause } from './killers.ts';
import { countWithout, relax, type Relaxation, type SilentExecution } from './relaxation.ts';
import { describeBlocker } from './summary.ts';

export interface Explanation {
  readonly reason: Reason;
  readonly funnel: readonly FunnelLine[];
  /** The clause that removed the last row; null when no clause did (there were no rows, or too few at the end). */
  readonly decisive: Clause | null;
}

/** Why an execution stayed silent: where the rows went, and everything that would have to change for it to fire. */
export const explainSilence = async (silent: SilentExecution): Promise<Explanation> => {
  const counted = await countWithout(silent, []);
  const relaxation = await relax(silent);
  const blockers = await blockersOf(silent, relaxation);
  const first = blockers[0];
  const summary = first?.summary ?? (await describeEmpty(silent, counted));
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
  counted.map(({ clause: { id, kind, stage, clause, place }, count }) => ({
    id,
    kind,
    stage,
    clause,
    place,
    rows: count.rows,
    rowsIn: count.rowsIn,
    ...(count.alone === undefined ? {} : { alone: count.alone }),
    ...(count.withOthers === undefined ? {} : { withOthers: count.withOthers }),
  }));

/** Each blocker as the rows meet it once the ones before it are gone. */
const blockersOf = async (silent: SilentExecution, { dropped, stuck }: Relaxation): Promise<readonly Blocker[]> => {
  const ids = stuck === null ? dropped : [...dropped, stuck.clause.id];
  const blockers: Blocker[] = [];
  for (const [index, id] of ids.entries()) {
    const before = ids.slice(0, index);
    const found = (await countWithout(silent, before)).find(({ clause }) => clause.id === id);
    if (found !== undefined) blockers.push(await toBlocker(silent, found, before));
  }
  return blockers;
};

const toBlocker = async (
  { engine, query, now, signal }: SilentExecution,
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

const describeEmpty = async (silent: SilentExecution, counted: readonly CountedClause[]): Promise<string> => {
  const { query, threshold, engine, now, signal } = silent;
  const { rows } = await engine.run(query, { now, signal });
  if (rows.length > 0) return `${plural(rows.length, 'row')}, the rule's trigger asks for more than ${threshold}`;
  const reached = counted.filter(({ count }) => count.rows > 0).length;
  return reached === 0 ? `no rows in ${query.tables.join(', ')}` : 'no rows come out of it';
};
