import { columnsOf } from '../plan/expr.ts';
import type { ScanStage, ScanStep } from '../plan/stage.ts';
import { coerce } from './coerce.ts';
import type { SqlContext } from './function-table.ts';
import { sqlNull } from './literal.ts';
import { toArg } from './render-expr.ts';
import { sqlTypes } from './types.ts';

/** A column that a step remembers of the last row that it matched. */
interface Kept {
  readonly of: string;
  readonly id: string;
  readonly sqlType: string;
  /** What it holds before anything matched. */
  readonly fresh: string;
  readonly isDeclared: boolean;
}

/** The record of one step in the state of another, which holds those of all steps before it and its own. */
const inState = (id: string, step: number): string => `${id}_${step + 1}`;

const list = (...items: readonly string[]): string => items.join(', ');

/** What each step keeps: of a row only what some step asks for, and what is declared. */
const keptOf = (stage: ScanStage, context: SqlContext): readonly (readonly Kept[])[] => {
  const expressions = stage.steps.flatMap(({ condition, assignments }) => [
    condition,
    ...assignments.map(({ expr }) => expr),
  ]);
  const read = new Set(expressions.flatMap(columnsOf));
  const initial = defaultsOf(stage, context);
  return stage.steps.map(({ state }) =>
    state
      .filter(({ of, column }) => initial.has(of) || read.has(column.id))
      .map(({ of, column }) => ({
        of,
        id: column.id,
        sqlType: sqlTypes[column.type],
        fresh: initial.get(of) ?? sqlNull(column.type),
        isDeclared: initial.has(of),
      })),
  );
};

const defaultsOf = ({ declared }: ScanStage, context: SqlContext): ReadonlyMap<string, string> =>
  new Map(declared.map(({ column, expr }) => [column.id, coerce(toArg(expr, context), column.type, context).sql]));

/** How one step tries a row, as two queries around what came before: does it match, and what is kept then. */
const renderStep = (stage: ScanStage, kept: readonly (readonly Kept[])[], at: number, context: SqlContext) => {
  const step = stage.steps[at] as ScanStep;
  const initial = defaultsOf(stage, context);
  const own = kept[at] ?? [];
  const earlier = kept.slice(0, at).flat();
  /** Columns as they are named in one step's state; nothing stands for its own last row where that is being replaced. */
  const seeing = (state: number, seesOwn: boolean): SqlContext => {
    const names = new Map([
      ...earlier.map(({ id }) => [id, inState(id, state)] as const),
      ...own.map(({ id, fresh }) => [id, seesOwn ? inState(id, state) : fresh] as const),
    ]);
    return { ...context, column: (id) => names.get(id) ?? initial.get(id) ?? `x.${id}` };
  };
  const test = (in_: SqlContext): string => `coalesce(${coerce(toArg(step.condition, in_), 'bool', in_).sql}, FALSE)`;
  const assigned = new Map(step.assignments.map((assignment) => [assignment.column.id, assignment]));
  const value = (of: string, in_: SqlContext): string => {
    const assignment = assigned.get(of);
    if (assignment === undefined) return in_.column(of);
    return coerce(toArg(assignment.expr, in_), assignment.column.type, in_).sql;
  };
  const before = at - 1;
  const going = seeing(at, true);
  const arriving = at === 0 ? seeing(at, false) : seeing(before, false);
  const matches = list(
    `active_${at + 1} AND ${test(going)} AS going`,
    at === 0 ? `${test(arriving)} AS arrives` : `active_${at} AND ${test(arriving)} AS arrives`,
  );
  // A row that arrives from the step before ends what this step held; at the first step a sequence goes on if it can.
  const enters = at === 0 ? 'NOT going AND arrives' : 'arrives';
  const changed = [
    `active_${at + 1} OR arrives AS active_${at + 1}`,
    ...(at === 0
      ? [
          `last_match + (${enters})::BIGINT AS last_match`,
          `CASE WHEN ${enters} THEN last_match + 1 ELSE match_1 END AS match_1`,
        ]
      : [
          `active_${at} AND NOT arrives AS active_${at}`,
          `CASE WHEN arrives THEN match_${at} ELSE match_${at + 1} END AS match_${at + 1}`,
        ]),
    `going OR arrives AS matched_${at + 1}`,
    ...earlier.map(
      ({ id }) => `CASE WHEN ${enters} THEN ${inState(id, before)} ELSE ${inState(id, at)} END AS ${inState(id, at)}`,
    ),
    ...own.map(({ of, id, fresh, isDeclared }) => {
      const held = inState(id, at);
      const keeps = isDeclared && !assigned.has(of);
      // What is declared and not assigned here is as the step before left it.
      const handed = kept[before]?.find((other) => other.of === of);
      const entering = keeps ? (handed === undefined ? fresh : inState(handed.id, before)) : value(of, arriving);
      return `CASE WHEN ${enters} THEN ${entering} WHEN going THEN ${keeps ? held : value(of, going)} ELSE ${held} END AS ${held}`;
    }),
  ];
  return { matches, changed };
};

/**
 * Row after row by a recursive table: the input stands in one list, each turn tries its next element against the steps, the last step
 * first, and leaves what each of them remembers. A turn costs a fraction of a millisecond, so this is for thousands of rows, not for
 * millions.
 */
export const renderScan = (stage: ScanStage, context: SqlContext): string => {
  const { input, columns, declared, steps, match } = stage;
  const kept = keptOf(stage, context);
  const read = new Set(
    steps.flatMap(({ condition, assignments }) =>
      [condition, ...assignments.map(({ expr }) => expr)].flatMap(columnsOf),
    ),
  );
  const groups = stage.within.map(({ id }) => id);
  const own = [
    ...columns.filter(({ id }) => read.has(id) || kept.flat().some(({ of }) => of === id)),
    ...stage.within.filter(({ id }) => !columns.some((column) => column.id === id)),
  ];
  const row =
    own.length === 0 ? `struct_pack(nothing := 1)` : `struct_pack(${own.map(({ id }) => `${id} := ${id}`).join(', ')})`;
  const numbers = steps.map((_, index) => index);
  const start = numbers.flatMap((at) => [
    `FALSE AS active_${at + 1}`,
    `FALSE AS matched_${at + 1}`,
    `-1::BIGINT AS match_${at + 1}`,
    ...kept
      .slice(0, at + 1)
      .flatMap((records) => records.map(({ id, fresh, sqlType }) => `(${fresh})::${sqlType} AS ${inState(id, at)}`)),
  ]);
  const names = ['n', 'last_match', ...start.map((column) => column.slice(column.lastIndexOf(' ') + 1))];
  // Where another group begins nothing has matched yet.
  const isSameGroup = groups
    .map((id) => `l.items[r.n + 1].${id} IS NOT DISTINCT FROM l.items[r.n].${id}`)
    .join(' AND ');
  const begun =
    groups.length === 0
      ? []
      : [
          `CASE WHEN ${isSameGroup} THEN r.last_match ELSE -1 END AS last_match`,
          ...numbers.map((at) => `r.active_${at + 1} AND ${isSameGroup} AS active_${at + 1}`),
        ];
  const turn = numbers.toReversed().reduce(
    (rows, at) => {
      const { matches, changed } = renderStep(stage, kept, at, context);
      return `SELECT * REPLACE (${changed.join(', ')}) FROM (SELECT *, ${matches} FROM (SELECT * EXCLUDE (going, arrives) FROM (${rows})))`;
    },
    `SELECT r.* REPLACE (${list('r.n + 1 AS n', ...begun)}), l.items[r.n + 1] AS x, FALSE AS going, FALSE AS arrives FROM r, l WHERE r.n < len(l.items)`,
  );
  const emitting = numbers.filter((at) => steps[at]?.emits === true);
  const matched = emitting.toReversed().map((at) => `CASE WHEN matched_${at + 1} THEN ${at + 1} END`);
  const perStep = (column: (at: number) => string): string =>
    `CASE r.step ${emitting.map((at) => `WHEN ${at + 1} THEN ${column(at)}`).join(' ')} END`;
  const results = declared.map(({ column }) => {
    const ids = kept.map((records) => records.find(({ of }) => of === column.id)?.id ?? '');
    return `${perStep((at) => `r.${inState(ids[at] ?? '', at)}`)} AS ${column.id}`;
  });
  // Group by group; within one, rows as they stand.
  const ordered = groups.length === 0 ? input : `(SELECT *, row_number() OVER () AS place FROM ${input})`;
  const order = groups.length === 0 ? '' : `ORDER BY ${list(...groups, 'place')}`;
  const matchId = match === null ? [] : [`${perStep((at) => `r.match_${at + 1}`)} AS ${match.id}`];
  if (emitting.length === 0)
    return `SELECT *, ${[...declared.map(({ column }) => `${sqlNull(column.type)} AS ${column.id}`), ...(match === null ? [] : [`0::BIGINT AS ${match.id}`]), '1'].join(', ')} FROM ${input} WHERE FALSE`;
  const numbered = `(SELECT *, row_number() OVER (${order}) AS n FROM ${ordered}) AS i`;
  return `WITH RECURSIVE l AS (SELECT list(${row} ORDER BY n) AS items FROM ${numbered}),
r AS (
  SELECT ${list('0::BIGINT AS n', '-1::BIGINT AS last_match', ...start)}
  UNION ALL
  SELECT ${list(...names)} FROM (${turn})
)
SELECT ${list('i.*', ...results, ...matchId)} FROM ${numbered}
JOIN (SELECT * FROM (SELECT *, unnest([${matched.join(', ')}]) AS step FROM r) WHERE step IS NOT NULL) AS r ON i.n = r.n ORDER BY i.n, r.step DESC`;
};
