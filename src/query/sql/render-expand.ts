import { isArray, isBag, parseDynamic, printDynamic, type Dynamic } from '../values/dynamic.ts';
import type { ExpandStage } from '../plan/stage.ts';
import { coerce } from './coerce.ts';
import type { Arg, SqlContext } from './function-table.ts';
import { renderExpr, toArg } from './render-expr.ts';
import type { RowFunction } from './row-function.ts';

/** What a value expands to: an array's elements, a bag's properties, a scalar itself; nothing is one null. */
const elements = (value: Dynamic, bagsAsArrays: boolean): readonly Dynamic[] => {
  if (isArray(value)) return value;
  if (!isBag(value)) return [value];
  return [...value].map(([key, item]) => (bagsAsArrays ? [key, item] : new Map([[key, item]])));
};

const expandValue = (bagsAsArrays: boolean): RowFunction => ({
  name: bagsAsArrays ? 'kql_expand_arrays' : 'kql_expand',
  params: ['dynamic'],
  result: 'dynamic',
  compute: (json) => {
    const value = typeof json === 'string' ? (parseDynamic(json) ?? null) : null;
    return printDynamic(elements(value, bagsAsArrays));
  },
});

export const renderExpand = (stage: ExpandStage, context: SqlContext): string => {
  const expand = expandValue(stage.bagsAsArrays);
  const lists = stage.expanded.map(({ expr }, index) => {
    const list = `json_extract(${context.rowFunction(expand, [toDynamicSql(expr, context)])}, '$[*]')`;
    const limited = stage.limit === null ? list : `list_slice(${list}, 1, ${renderExpr(stage.limit, context)})`;
    return { column: `e${index}`, sql: limited };
  });
  const unnested = lists.map(({ column, sql }) => `unnest(${sql}) AS ${column}`);
  const index = stage.index === null ? [] : [`unnest(range(len(${lists[0]?.sql ?? '[]'}))) AS ${stage.index.id}`];
  const results = stage.expanded.map(({ column }, position) => {
    const value: Arg = { sql: `nullif(e${position}::VARCHAR, 'null')`, type: 'dynamic', nullable: true, literal: null };
    return `${coerce(value, column.type, context).sql} AS ${column.id}`;
  });
  const hidden = lists.map(({ column }) => column).join(', ');
  return `SELECT * EXCLUDE (${hidden}), ${results.join(', ')} FROM (SELECT *, ${[...unnested, ...index].join(', ')} FROM ${stage.input})`;
};

const toDynamicSql = (expr: ExpandStage['expanded'][number]['expr'], context: SqlContext): string =>
  coerce(toArg(expr, context), 'dynamic', context).sql;
