import type { Expr } from '../plan/expr.ts';
import { columnsOf } from '../plan/expr.ts';
import type { ScanStage } from '../plan/stage.ts';
import { coerce } from './coerce.ts';
import type { SqlContext } from './function-table.ts';
import { sqlNull } from './literal.ts';
import { toArg } from './render-expr.ts';
import { sqlTypes } from './types.ts';

/**
 * Row after row by a recursive table: the input stands in one list, each turn looks at its next element with what the last match left.
 * A turn costs a fraction of a millisecond, so this is for thousands of rows, not for millions.
 */
export const renderScan = (stage: ScanStage, context: SqlContext): string => {
  const { input, columns, declared, state, condition, assignments, match } = stage;
  const expressions = [condition, ...assignments.map(({ expr }) => expr)];
  const read = new Set(expressions.flatMap(columnsOf));
  const isDeclared = new Set(declared.map(({ column }) => column.id));
  // Of the last row only what is asked for is carried on.
  const carried = state.filter(({ of, column }) => isDeclared.has(of) || read.has(column.id));
  const own = columns.filter(({ id }) => read.has(id) || carried.some(({ of }) => of === id));
  const initial = new Map(
    declared.map(({ column, expr }) => [column.id, coerce(toArg(expr, context), column.type, context).sql]),
  );
  const fresh = new Map(carried.map(({ of, column }) => [column.id, initial.get(of) ?? sqlNull(column.type)]));
  const inTurn = (states: (id: string) => string | undefined): SqlContext => ({
    ...context,
    column: (id) => states(id) ?? initial.get(id) ?? `x.${id}`,
  });
  const going = inTurn((id) => (fresh.has(id) ? id : undefined));
  const beginning = inTurn((id) => fresh.get(id));
  const test = (at: SqlContext): string => `coalesce(${coerce(toArg(condition, at), 'bool', at).sql}, FALSE)`;
  const assigned = new Map(assignments.map(({ column, expr }) => [column.id, { column, expr }]));
  const valueOf = (of: string, at: SqlContext): string => {
    const assignment = assigned.get(of);
    if (assignment === undefined) return at.column(of);
    const { column, expr } = assignment as { column: { type: ScanStage['output'][number]['type'] }; expr: Expr };
    return coerce(toArg(expr, at), column.type, at).sql;
  };
  const kept = (of: string, id: string): string =>
    isDeclared.has(of) && !assigned.has(of)
      ? `CASE WHEN going THEN ${id} ELSE ${fresh.get(id)} END`
      : `CASE WHEN going THEN ${valueOf(of, going)} ELSE ${valueOf(of, beginning)} END`;
  const struct =
    own.length === 0 ? `struct_pack(nothing := 1)` : `struct_pack(${own.map(({ id }) => `${id} := ${id}`).join(', ')})`;
  const start = carried.map(({ column }) => `(${fresh.get(column.id)})::${sqlTypes[column.type]} AS ${column.id}`);
  const next = carried.map(
    ({ of, column }) => `CASE WHEN going OR begins THEN ${kept(of, column.id)} ELSE ${column.id} END AS ${column.id}`,
  );
  const states = carried.map(({ column }) => column.id);
  const list = (...items: readonly string[]): string => items.join(', ');
  const results = declared.map(({ column }) => {
    const from = carried.find(({ of }) => of === column.id);
    return `r.${from?.column.id} AS ${column.id}`;
  });
  return `WITH RECURSIVE l AS (SELECT list(${struct}) AS items FROM ${input}),
r AS (
  SELECT ${list('0::BIGINT AS n', 'FALSE AS active', 'FALSE AS matched', '-1::BIGINT AS match', ...start)}
  UNION ALL
  SELECT ${list('n', 'active OR going OR begins', 'going OR begins', 'match + (NOT going AND begins)::BIGINT', ...next)} FROM (
    SELECT *, active AND ${test(going)} AS going, ${test(beginning)} AS begins FROM (
      SELECT ${list('r.n + 1 AS n', 'r.active', 'r.match', ...states.map((id) => `r.${id}`), 'l.items[r.n + 1] AS x')} FROM r, l WHERE r.n < len(l.items)
    )
  )
)
SELECT ${list('i.*', ...results, ...(match === null ? [] : [`r.match AS ${match.id}`]))} FROM (SELECT *, row_number() OVER () AS n FROM ${input}) AS i JOIN r ON i.n = r.n WHERE r.matched ORDER BY i.n`;
};
