import type { ScalarType } from '../../model/table.ts';
import type { Aggregate, AggregateStage } from '../plan/stage.ts';
import { coerce, toDynamic } from './coerce.ts';
import type { SqlContext } from './function-table.ts';
import { mostElements } from './functions/aggregates.ts';
import { renderExpr, toArg } from './render-expr.ts';

/** Values of these types are equal exactly where their JSON is. */
const simple: ReadonlySet<ScalarType> = new Set(['string', 'guid', 'int', 'long', 'bool', 'datetime', 'timespan']);

/** Whether an aggregate is a set whose values the database can tell apart by itself. */
export const isSimpleSet = ({ fn, args }: Aggregate): boolean =>
  (fn === 'make_set' || fn === 'make_set_if') && args[0] !== undefined && simple.has(args[0].type);

interface SetParts {
  readonly value: string;
  readonly condition: string | null;
  readonly limit: string;
}

const partsOf = ({ fn, args }: Aggregate, context: SqlContext): SetParts => {
  const [value, ...others] = args.map((arg) => toArg(arg, context));
  const condition = fn === 'make_set_if' ? others.shift() : undefined;
  const [limit] = others;
  return {
    value: value?.sql ?? 'NULL',
    condition: condition === undefined ? null : coerce(condition, 'bool', context).sql,
    limit: limit === undefined ? mostElements : coerce(limit, 'long', context).sql,
  };
};

/**
 * Each group's values once, in the order in which they came: first grouped with their first row's number, then listed. Gathering all
 * values into a list and weeding that out takes several times as long.
 */
export const renderSet = (set: Aggregate, stage: AggregateStage, context: SqlContext): string => {
  const { value, condition, limit } = partsOf(set, context);
  const keys = stage.keys.map(({ expr }, index) => ({ name: `k${index}`, sql: renderExpr(expr, context) }));
  const names = keys.map(({ name }) => `${name}, `).join('');
  const tests = [`${value} IS NOT NULL`, ...(condition === null ? [] : [condition])].join(' AND ');
  const distinct = `SELECT ${keys.map(({ name, sql }) => `${sql} AS ${name}, `).join('')}${value} AS x, min(n) AS n
FROM (SELECT *, row_number() OVER () AS n FROM ${stage.input}) WHERE ${tests} GROUP BY ${[...keys, value].map((_, index) => index + 1).join(', ')}`;
  const type = set.args[0]?.type ?? 'dynamic';
  const item = toDynamic({ sql: 'x', type, nullable: false, literal: null }, context);
  const list = `list_slice(list(x ORDER BY n), 1, greatest(${limit}, 0))`;
  const groups = keys.length === 0 ? '' : ` GROUP BY ${keys.map(({ name }) => name).join(', ')}`;
  return `SELECT ${names}'[' || array_to_string(list_transform(${list}, lambda x: ${item}), ',') || ']' AS items FROM (${distinct})${groups}`;
};
