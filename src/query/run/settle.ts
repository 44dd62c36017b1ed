import type { ColumnInfo, ScalarType } from '../../model/table.ts';
import { columnsOf, type Column } from '../plan/expr.ts';
import type { Pending, PivotPending, UnpackPending } from '../plan/pending.ts';
import { stageOf, type Plan } from '../plan/plan.ts';
import type { AggregateStage, Stage } from '../plan/stage.ts';
import { coerce } from '../sql/coerce.ts';
import type { Arg } from '../sql/function-table.ts';
import { functionOf } from '../sql/functions/index.ts';
import { sqlString } from '../../telemetry/database.ts';
import { isBag, isArray, parseDynamic, type Dynamic } from '../values/dynamic.ts';
import { neededColumns } from '../plan/needed-columns.ts';
import { renderStages, type RenderOptions } from '../sql/render-plan.ts';
import type { TableSource } from '../sql/render-table.ts';
import type { Executor } from './execute.ts';

/** A table that a part of a query gave, in DuckDB's temporary tables. */
export interface SettledTable {
  readonly name: string;
  readonly source: TableSource;
  readonly rows: number;
}

const typeOf = (value: Dynamic): ScalarType | null => {
  if (value === null) return null;
  if (isArray(value) || isBag(value)) return 'dynamic';
  return ({ string: 'string', bigint: 'long', number: 'real', boolean: 'bool' } as const)[typeof value as 'string'];
};

/** Keys and types of all bags; where bags disagree on a type, whole numbers and reals make a real, anything else stays dynamic. */
const keysOf = (bags: readonly Dynamic[]): ReadonlyMap<string, ScalarType> => {
  const types = new Map<string, ScalarType | null>();
  for (const bag of bags.filter(isBag)) {
    for (const [key, value] of bag) {
      const [known, type] = [types.get(key), typeOf(value)];
      if (known === undefined || known === null) types.set(key, type);
      else if (type !== null && type !== known)
        types.set(key, [known, type].every((t) => t === 'long' || t === 'real') ? 'real' : 'dynamic');
    }
  }
  return new Map([...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, type]) => [key, type ?? 'dynamic']));
};

/** What the service refuses once it sees the data. */
export class UnsettledError extends Error {}

/** A plan cut to what leads to one stage, with the columns of it that are asked for. */
const leadingTo = (plan: Plan, stage: Stage, columns: readonly Column[]): Plan => ({
  stages: [...plan.stages.slice(0, plan.stages.indexOf(stage)), { ...stage, output: columns }],
  root: stage.id,
});

/**
 * Runs the part of a query that has to be run before its columns are known, and keeps what it gives as a temporary table: the rest of
 * the text is then compiled over that table.
 */
export const settlePending = async (
  plan: Plan,
  pending: Pending,
  name: string,
  options: RenderOptions,
  executor: Executor,
  signal?: AbortSignal,
): Promise<SettledTable> => {
  const made =
    pending.kind === 'unpack'
      ? await unpack(plan, pending, options, executor, signal)
      : await pivot(plan, pending, `${name}_rows`, options, executor, signal);
  await executor.read(
    { sql: `CREATE OR REPLACE TEMP TABLE ${name} AS ${made.sql}`, rowFunctions: made.rowFunctions },
    signal,
  );
  const counted = await executor.read({ sql: `SELECT count(*) FROM ${name}`, rowFunctions: [] }, signal);
  return { name, source: { sql: name, columns: made.columns, held: true }, rows: Number(counted.rows[0]?.[0]) };
};

interface Made {
  readonly sql: string;
  readonly columns: readonly ColumnInfo[];
  readonly rowFunctions: Parameters<Executor['read']>[0]['rowFunctions'];
}

const unpack = async (
  plan: Plan,
  pending: UnpackPending,
  options: RenderOptions,
  executor: Executor,
  signal?: AbortSignal,
): Promise<Made> => {
  const { bag, prefix, onConflict, ignored, replaced } = pending;
  const stage = stageOf(plan, pending.input);
  const kept = stage.output.filter(({ id }) => id !== replaced);
  const prefixPlan = leadingTo(plan, stage, [...stage.output, bag]);
  const rendered = renderStages(prefixPlan, options, neededColumns(prefixPlan));
  const ctes = [...rendered.bodies].map(([id, body]) => `${id} AS (${body})`).join(',\n');
  const found = await executor.read(
    { sql: `WITH ${ctes}\nSELECT DISTINCT ${bag.id} FROM ${stage.id}`, rowFunctions: rendered.rowFunctions() },
    signal,
  );
  const bags = found.rows.map(([text]) => (typeof text === 'string' ? (parseDynamic(text) ?? null) : null));
  const keys = [...keysOf(bags)]
    .filter(([key]) => !ignored.includes(key))
    .map(([key, type]) => ({ key, name: prefix + key, type }));
  const conflicts = keys.filter(({ name }) => kept.some((column) => column.name === name));
  const [conflict] = conflicts;
  if (conflict !== undefined && onConflict === 'error') {
    throw new UnsettledError(
      `bag_unpack: the column ${conflict.name} is there already; say columnsConflict='replace_source' or 'keep_source'`,
    );
  }
  const value = ({ key, type }: (typeof keys)[number]): string => {
    const args: Arg[] = [
      { sql: bag.id, type: 'dynamic', nullable: true, literal: null },
      {
        sql: sqlString(key),
        type: 'string',
        nullable: false,
        literal: { kind: 'literal', type: 'string', value: key, span: pending.span },
      },
    ];
    const sql =
      functionOf('element')?.render(
        args,
        { kind: 'call', fn: 'element', args: [], type: 'dynamic', span: pending.span },
        rendered.context,
      ) ?? 'NULL';
    return coerce({ sql, type: 'dynamic', nullable: true, literal: null }, type, rendered.context).sql;
  };
  const taken = new Set(onConflict === 'keep_source' ? conflicts.map(({ name }) => name) : []);
  // A property called like the bag takes its place.
  const inPlace = keys.find(({ name }) =>
    stage.output.some((column) => column.id === replaced && column.name === name),
  );
  const columns = [
    ...stage.output.flatMap((column) => {
      if (column.id === replaced) return inPlace === undefined ? [] : [{ ...inPlace, sql: value(inPlace) }];
      const from = onConflict === 'replace_source' ? conflicts.find(({ name }) => name === column.name) : undefined;
      return from === undefined
        ? { name: column.name, type: column.type, sql: column.id }
        : { name: from.name, type: from.type, sql: value(from) };
    }),
    ...keys
      .filter((key) => key !== inPlace && !conflicts.some(({ name }) => name === key.name) && !taken.has(key.name))
      .map((key) => ({ ...key, sql: value(key) })),
  ];
  const list = columns.map(({ sql }, index) => `${sql} AS x${index}`).join(', ') || '1 AS nothing';
  return {
    sql: `WITH ${ctes}\nSELECT ${list} FROM ${stage.id}`,
    columns: columns.map(({ name, type }) => ({ name, type })),
    rowFunctions: rendered.rowFunctions(),
  };
};

/** The aggregates that can be told which rows to look at. */
const conditionalOf = (fn: string): string => (/^make_/.test(fn) ? `${fn}_if` : `${fn}if`);

const pivot = async (
  plan: Plan,
  pending: PivotPending,
  held: string,
  options: RenderOptions,
  executor: Executor,
  signal?: AbortSignal,
): Promise<Made> => {
  const { by, keys, aggregate, span } = pending;
  const stage = stageOf(plan, pending.input);
  const read = [...keys.map(({ expr }) => expr), ...aggregate.args].flatMap(columnsOf);
  const wanted = [...new Set([by.id, ...read])].map((id): Column => ({ id, name: '', type: 'dynamic' }));
  const prefixPlan = leadingTo(plan, stage, wanted);
  const prefix = renderStages(prefixPlan, options, neededColumns(prefixPlan));
  const ctes = [...prefix.bodies].map(([id, body]) => `${id} AS (${body})`).join(',\n');
  // The rows are asked twice: for the values, and for what stands at each.
  const columns = wanted.map(({ id }) => id).join(', ');
  await executor.read(
    {
      sql: `CREATE OR REPLACE TEMP TABLE ${held} AS WITH ${ctes}\nSELECT ${columns} FROM ${stage.id}`,
      rowFunctions: prefix.rowFunctions(),
    },
    signal,
  );
  const text = coerce({ sql: by.id, type: by.type, nullable: true, literal: null }, 'string', prefix.context).sql;
  const found = await executor.read(
    { sql: `SELECT DISTINCT ${text} AS v FROM ${held} ORDER BY v`, rowFunctions: prefix.rowFunctions() },
    signal,
  );
  const first = pending.first ?? [];
  const others = found.rows.map(([value]) => String(value)).filter((value) => !first.includes(value));
  const values = [...first, ...others].slice(0, pending.most);
  const asText = {
    kind: 'call',
    fn: 'tostring',
    args: [{ kind: 'column', id: by.id, type: by.type, span }],
    type: 'string',
    span,
  } as const;
  const aggregates = values.map((value, index) => ({
    ...aggregate,
    fn: conditionalOf(aggregate.fn),
    args: [
      ...aggregate.args,
      {
        kind: 'call',
        fn: '==',
        args: [asText, { kind: 'literal', type: 'string', value, span }],
        type: 'bool',
        span,
      } as const,
    ],
    column: { ...aggregate.column, id: `v${index}`, name: value },
  }));
  const grouped: AggregateStage = {
    kind: 'aggregate',
    id: 'pivoted',
    source: null,
    input: stage.id,
    keys,
    aggregates,
    output: [...keys.map(({ column }) => column), ...aggregates.map(({ column }) => column)],
  };
  const whole: Plan = { stages: [...prefixPlan.stages, grouped], root: grouped.id };
  const rendered = renderStages(whole, options);
  const rows = `${stage.id} AS (SELECT * FROM ${held}),\n${grouped.id} AS (${rendered.bodies.get(grouped.id)})`;
  return {
    sql: `WITH ${rows}\nSELECT ${grouped.output.map(({ id }, index) => `${id} AS x${index}`).join(', ')} FROM ${grouped.id}`,
    columns: grouped.output.map(({ name, type }) => ({ name, type })),
    rowFunctions: rendered.rowFunctions(),
  };
};
