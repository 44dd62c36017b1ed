import type { NearRow } from '../../model/verdict.ts';
import type { CompiledQuery } from '../engine.ts';
import type { Column, Expr } from '../plan/expr.ts';
import { columnsOf } from '../plan/expr.ts';
import type { Span } from '../plan/span.ts';
import type { Conjunct, FilterStage } from '../plan/stage.ts';
import { coerce } from '../sql/coerce.ts';
import { renderCondition, renderExpr, toArg } from '../sql/render-expr.ts';
import { renderStages, type RenderOptions } from '../sql/render-plan.ts';
import { isNumeric } from '../sql/types.ts';
import type { Executor } from './execute.ts';

const mostRows = 10;

/** What a clause looks at and what it asks of it: `x >= 12` asks `>= 12` of `x`. */
interface Ask {
  readonly label: string;
  readonly expr: Expr;
  readonly wanted: string;
  /** A threshold that values are ordered around, nearest first. */
  readonly threshold: Expr | null;
}

const source = (text: string, { span }: { readonly span: Span }): string =>
  (span.inner ?? text.slice(span.start, span.end)).replaceAll(/\s+/g, ' ').trim();

/** What a conjunct says after one of its parts; in a function that stands in no query, the part is where its text is found. */
const after = (text: string, part: Span, { span }: Conjunct): string => {
  const whole = span.inner ?? text.slice(span.start, span.end);
  const rest =
    span.inner === undefined || part.inner === undefined
      ? text.slice(part.end, span.end)
      : whole.slice(whole.indexOf(part.inner) + part.inner.length);
  return rest.replaceAll(/\s+/g, ' ').trim();
};

const isConstant = (expr: Expr): boolean => columnsOf(expr).length === 0;

/** `>= BeaconMinConnections (12)`: a threshold that has a name is told with what it stands for. */
const withValue = (wanted: string, threshold: Expr | undefined): string => {
  if (threshold?.kind !== 'literal' || !isNumeric(threshold.type) || threshold.value === null) return wanted;
  const value = String(threshold.value);
  return wanted.includes(value) ? wanted : `${wanted} (${value})`;
};

/** Operators whose left side is asked for something by their right side. */
const asks = (text: string, conjunct: Conjunct, columns: ReadonlyMap<string, Column>): readonly Ask[] => {
  const { expr } = conjunct;
  const [left, right] = expr.kind === 'call' ? expr.args : [];
  const compares = expr.kind === 'call' && !['and', 'or', 'not'].includes(expr.fn) && expr.args.length >= 2;
  if (compares && left !== undefined && !isConstant(left) && expr.args.slice(1).every(isConstant)) {
    const wanted = after(text, left.span, conjunct);
    return [{ label: source(text, left), expr: left, wanted: withValue(wanted, right), threshold: right ?? null }];
  }
  if (expr.kind === 'in-table') {
    const wanted = after(text, expr.value.span, conjunct);
    return [{ label: source(text, expr.value), expr: expr.value, wanted, threshold: null }];
  }
  return columnsOf(expr).flatMap((id): Ask[] => {
    const column = columns.get(id);
    if (column === undefined) return [];
    const reference: Expr = { kind: 'column', id, type: column.type, span: conjunct.span };
    return [{ label: column.name, expr: reference, wanted: source(text, conjunct), threshold: null }];
  });
};

/**
 * Among the rows that reach a conjunct and do not pass it, the values of what it looks at: nearest to a threshold first, else the most
 * frequent first.
 */
export const findNear = async (
  query: CompiledQuery,
  clause: string,
  options: RenderOptions,
  executor: Executor,
  signal?: AbortSignal,
): Promise<readonly NearRow[]> => {
  const stage = query.plan.stages.find(
    (candidate): candidate is FilterStage =>
      candidate.kind === 'filter' && candidate.conjuncts.some(({ id }) => id === clause),
  );
  const index = stage?.conjuncts.findIndex(({ id }) => id === clause) ?? -1;
  const conjunct = stage?.conjuncts[index];
  if (stage === undefined || conjunct === undefined) return [];
  const input = query.plan.stages.find(({ id }) => id === stage.input);
  const columns = new Map((input?.output ?? []).map((column) => [column.id, column]));
  // Only what leads to the filter is computed.
  const found: NearRow[] = [];
  for (const ask of asks(query.text, conjunct, columns)) {
    const upTo = query.plan.stages.slice(0, query.plan.stages.indexOf(stage) + 1);
    const rendered = renderStages({ stages: upTo, root: stage.id }, options);
    const { context } = rendered;
    const before = stage.conjuncts.slice(0, index).filter(({ id }) => !context.relaxed.has(id));
    const tests = [
      ...before.map(({ expr }) => renderCondition(expr, context)),
      `(${renderCondition(conjunct.expr, context)}) IS NOT TRUE`,
    ];
    const value = toArg(ask.expr, context);
    const order = nearness(ask, context);
    const ctes = upTo.slice(0, -1).map(({ id }) => `${id} AS (${rendered.bodies.get(id) ?? ''})`);
    const sql = `WITH ${ctes.join(',\n')}
SELECT ${coerce({ sql: 'v', type: value.type, nullable: value.nullable, literal: null }, 'string', context).sql}, n FROM (
  SELECT ${value.sql} AS v, count(*) AS n${order === null ? '' : `, ${order} AS d`} FROM ${stage.input}
  WHERE ${tests.join(' AND ')} GROUP BY ALL
) ORDER BY ${order === null ? 'n DESC' : 'd NULLS LAST, n DESC'}, v LIMIT ${mostRows}`;
    const { rows } = await executor.read({ sql, rowFunctions: rendered.rowFunctions() }, signal);
    found.push(
      ...rows.map(([got, count]) => ({ column: ask.label, wanted: ask.wanted, got: String(got), rows: Number(count) })),
    );
  }
  return found;
};

/** Distance of a number, a datetime or a timespan from its threshold. */
const nearness = (ask: Ask, context: Parameters<typeof renderExpr>[1]): string | null => {
  const { expr, threshold } = ask;
  const measurable = (type: Expr['type']): boolean => isNumeric(type) || type === 'datetime' || type === 'timespan';
  if (threshold === null || !measurable(expr.type) || !measurable(threshold.type)) return null;
  return `abs((${renderExpr(expr, context)})::DOUBLE - (${renderExpr(threshold, context)})::DOUBLE)`;
};
