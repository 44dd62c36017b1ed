import { sqlString } from '../../telemetry/database.ts';
import { assertNever } from '../../model/assert-never.ts';
import type {
  FilterStage,
  JoinStage,
  LimitStage,
  ProjectStage,
  RangeStage,
  SortKey,
  Stage,
  UnionStage,
  ValuesStage,
} from '../plan/stage.ts';
import { neededAggregates } from '../plan/needed-columns.ts';
import { coerce } from './coerce.ts';
import type { SqlContext } from './function-table.ts';
import { renderAggregate } from './render-aggregate.ts';
import { renderCondition, renderExpr, toArg } from './render-expr.ts';
import { renderExpand } from './render-expand.ts';
import { renderScan } from './render-scan.ts';
import { renderJoin } from './render-join.ts';
import type { RawColumns } from './raw-columns.ts';
import { renderTable, type TableSource } from './render-table.ts';
import { sqlNull } from './literal.ts';

export interface StageContext extends SqlContext {
  readonly tables: ReadonlyMap<string, TableSource>;
  /** Ids of conjuncts and stages that are left out. */
  readonly relaxed: ReadonlySet<string>;
  /** By stage. */
  readonly rawColumns: ReadonlyMap<string, RawColumns>;
  /** Stages whose rows come from no table. */
  readonly written: ReadonlySet<string>;
}

const withRaw = (context: StageContext, input: string): StageContext => {
  const raw = context.rawColumns.get(input);
  return raw === undefined ? context : { ...context, raw };
};

/** Columns of a `SELECT`; a row without columns still counts. */
const list = (columns: readonly string[]): string => columns.join(', ') || '1 AS nothing';

/** The body of the common table expression that a stage becomes. */
export const renderStage = (stage: Stage, context: StageContext, needed: ReadonlySet<string>): string => {
  switch (stage.kind) {
    case 'table':
      return renderTable(stage, context.tables.get(stage.table), needed);
    case 'values':
      return renderValues(stage, context);
    case 'range':
      return renderRange(stage, context);
    case 'filter':
      return renderFilter(stage, context);
    case 'extend': {
      const computed = stage.computed.filter(({ column }) => needed.has(column.id));
      return `SELECT ${['*', ...computed.map(({ column, expr }) => `${renderExpr(expr, withRaw(context, stage.input))} AS ${column.id}`)].join(', ')} FROM ${stage.input}`;
    }
    case 'project':
      return renderProject(stage, withRaw(context, stage.input), needed);
    case 'aggregate':
      return renderAggregate(
        { ...stage, aggregates: neededAggregates(stage, needed) },
        withRaw(context, stage.input),
        needed,
        context.written.has(stage.input),
      );
    case 'join':
      return context.relaxed.has(stage.id)
        ? renderRelaxedJoin(stage, context, needed)
        : renderJoin(stage, context, needed);
    case 'union':
      return renderUnion(stage, context, needed);
    case 'sort':
      return `SELECT * FROM ${stage.input} ORDER BY ${stage.keys.map((key) => renderKey(key, context)).join(', ')}`;
    case 'limit':
      return renderLimit(stage, context);
    case 'distinct':
      return `SELECT DISTINCT ${list([...stage.output, ...(stage.hidden ?? [])].map(({ id }) => id))} FROM ${stage.input}`;
    case 'expand':
      return renderExpand(stage, context);
    case 'scan':
      return renderScan(stage, context);
    default:
      return assertNever(stage);
  }
};

const renderValues = (stage: ValuesStage, context: SqlContext): string => {
  const { output, rows } = stage;
  if (rows.length === 0) return `SELECT ${list(output.map(({ id, type }) => `${sqlNull(type)} AS ${id}`))} WHERE FALSE`;
  if (output.length === 0) return 'SELECT 1 AS nothing';
  const tuples = rows.map(
    (row) =>
      `(${output
        .map(({ type }, index) => {
          const expr = row[index];
          return expr === undefined ? sqlNull(type) : coerce(toArg(expr, context), type, context).sql;
        })
        .join(', ')})`,
  );
  return `SELECT * FROM (VALUES ${tuples.join(', ')}) AS v(${output.map(({ id }) => id).join(', ')})`;
};

const renderRange = (stage: RangeStage, context: SqlContext): string => {
  const [column] = stage.output;
  const [from, to, step] = [stage.from, stage.to, stage.step].map((expr) => renderExpr(expr, context));
  const steps = `((${to}) - (${from})) / (${step})`;
  const value = `(${from}) + i * (${step})`;
  const count = `CASE WHEN ${steps} >= 0 THEN floor(${steps} + 1e-9)::BIGINT + 1 ELSE 0 END`;
  return `SELECT CAST(${value} AS ${sqlTypeOf(column?.type)}) AS ${column?.id ?? 'nothing'} FROM range(${count}) AS t(i)`;
};

const sqlTypeOf = (type: string | undefined): string =>
  type === 'real' ? 'DOUBLE' : type === 'int' ? 'INTEGER' : 'BIGINT';

const renderFilter = (stage: FilterStage, context: StageContext): string => {
  const kept = context.relaxed.has(stage.id) ? [] : stage.conjuncts.filter(({ id }) => !context.relaxed.has(id));
  const conditions = kept.map(({ expr }) => renderCondition(expr, withRaw(context, stage.input)));
  return `SELECT * FROM ${stage.input}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`;
};

const renderProject = (stage: ProjectStage, context: SqlContext, needed: ReadonlySet<string>): string => {
  const columns = stage.computed
    .filter(({ column }) => needed.has(column.id))
    .map(({ column, expr }) => `${renderExpr(expr, context)} AS ${column.id}`);
  return `SELECT ${list(columns)} FROM ${stage.input}`;
};

const renderUnion = (stage: UnionStage, context: SqlContext, needed: ReadonlySet<string>): string =>
  stage.inputs
    .map(({ stage: input, columns }) => {
      const kept = stage.output.flatMap(({ id }, index) => {
        const expr = columns[index];
        return needed.has(id) && expr !== undefined ? [`${renderExpr(expr, context)} AS ${id}`] : [];
      });
      return `SELECT ${list(kept)} FROM ${input}`;
    })
    .join(' UNION ALL ');

const renderLimit = (stage: LimitStage, context: SqlContext): string => {
  const count = renderExpr(stage.count, context);
  if (stage.within === undefined) return `SELECT * FROM ${stage.input} LIMIT ${count}`;
  const groups = stage.within.map((expr) => renderExpr(expr, context));
  const keys = (stage.keys ?? []).map((key) => renderKey(key, context));
  const partition = groups.length === 0 ? '' : `PARTITION BY ${groups.join(', ')} `;
  const order = keys.length === 0 ? '' : `ORDER BY ${keys.join(', ')}`;
  if (stage.refusesTies !== undefined) {
    const ranked = `SELECT *, rank() OVER (${order}) AS rank, row_number() OVER (${order}) AS place FROM ${stage.input}`;
    const refusal = `error(${sqlString(`Not supported: ${stage.refusesTies}.`)})`;
    return `SELECT * EXCLUDE (rank, place) FROM (${ranked}) WHERE CASE WHEN rank <= ${count} AND place > ${count} THEN ${refusal}::BOOLEAN ELSE place <= ${count} END ORDER BY place`;
  }
  const sorted = [...groups, ...keys].join(', ');
  return `SELECT * FROM ${stage.input} QUALIFY row_number() OVER (${partition}${order}) <= ${count}${sorted === '' ? '' : ` ORDER BY ${sorted}`}`;
};

/** NaN stands beside the nulls, next to the numbers; DuckDB has it above them all. */
const renderKey = ({ expr, descending, nullsFirst }: SortKey, context: SqlContext): string => {
  const sql = renderExpr(expr, context);
  const nulls = `NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
  const apart = expr.type === 'real' ? `isnan(${sql}) ${nullsFirst ? 'DESC' : 'ASC'} ${nulls}, ` : '';
  return `${apart}${sql} ${descending ? 'DESC' : 'ASC'} ${nulls}`;
};

/** A join without its demand: every row of the side that it keeps, whether it has a partner or not. */
const renderRelaxedJoin = (stage: JoinStage, context: StageContext, needed: ReadonlySet<string>): string => {
  const { flavor } = stage;
  if (flavor === 'inner' || flavor === 'innerunique')
    return renderJoin({ ...stage, flavor: 'leftouter' }, context, needed);
  const columns = stage.columns.filter(({ id }) => needed.has(id)).map(({ id, from }) => `${from} AS ${id}`);
  return `SELECT ${list(columns)} FROM ${flavor.startsWith('right') ? stage.right : stage.left}`;
};
