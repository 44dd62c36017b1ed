import { assertNever } from '../../model/assert-never.ts';
import type { Call, Expr, InTable } from '../plan/expr.ts';
import { coerce } from './coerce.ts';
import type { Arg, SqlContext, SqlFunction } from './function-table.ts';
import { functionOf } from './functions/index.ts';
import { renderLiteral } from './literal.ts';
import { comparable } from './functions/comparison.ts';
import { rawMomentCondition, rawTextOf } from './render-raw-condition.ts';

/** An expression as SQL. The plan was checked before (`unsupportedCalls`), so an unknown function here is a bug. */
export const renderExpr = (expr: Expr, context: SqlContext): string => {
  switch (expr.kind) {
    case 'literal':
      return renderLiteral(expr);
    case 'column':
      return context.column(expr.id);
    case 'call':
      return renderCall(wholePath(expr), context);
    case 'subquery':
      return `(SELECT ${expr.column} FROM ${expr.stage} LIMIT 1)`;
    case 'in-table':
      return renderInTable(expr, context);
    default:
      return assertNever(expr);
  }
};

/** Whether a value can be NULL in SQL; texts never are. */
export const isNullable = (expr: Expr): boolean => {
  if (expr.type === 'string') return false;
  switch (expr.kind) {
    case 'literal':
      return expr.value === null;
    case 'call':
      if (['and', 'or', 'not'].includes(expr.fn)) return expr.args.some(isNullable);
      if (functionOf(expr.fn)?.nullOnlyOfNulls === true) return expr.args.every(isNullable);
      return functionOf(expr.fn)?.neverNull !== true;
    case 'in-table':
      return false;
    default:
      return true;
  }
};

export const toArg = (expr: Expr, context: SqlContext): Arg => {
  const text = expr.kind === 'call' && expr.type === 'dynamic' ? textOfCall(wholePath(expr), context) : undefined;
  return {
    sql: renderExpr(expr, context),
    type: expr.type,
    nullable: isNullable(expr),
    literal: expr.kind === 'literal' ? expr : null,
    ...(text === undefined ? {} : { text }),
  };
};

const textOfCall = (call: Call, context: SqlContext): string | undefined => {
  const fn = functionOf(call.fn);
  return fn?.text?.(argsFor(call, fn, context), call, context);
};

const argsFor = (call: Call, fn: SqlFunction, context: SqlContext): readonly Arg[] =>
  call.args.map((expr, index) => {
    const arg = call.fn === 'element' && index === 0 ? storedArg(expr, context) : toArg(expr, context);
    const param = fn.params[Math.min(index, fn.params.length - 1)] ?? 'any';
    return param === 'any' ? arg : coerce(arg, param, context);
  });

/** A value whose parts are asked for, as it is stored: its canonical form is not needed. */
const storedArg = (expr: Expr, context: SqlContext): Arg => {
  const stored = expr.kind === 'column' ? context.raw?.get(expr.id) : undefined;
  const arg = toArg(expr, context);
  return stored?.kind === 'json' ? { ...arg, sql: stored.sql } : arg;
};

/** `d.a[0].b` in one step: the root and all keys. */
const wholePath = (call: Call): Call => {
  const [value, ...keys] = call.args;
  if (call.fn !== 'element' || value?.kind !== 'call' || value.fn !== 'element') return call;
  const inner = wholePath(value);
  return { ...call, args: [...inner.args, ...keys] };
};

const knownFunction = (name: string): SqlFunction => {
  const fn = functionOf(name);
  if (fn === undefined) throw new Error(`no SQL is known for the function ${name}`);
  return fn;
};

const renderCall = (call: Call, context: SqlContext): string => {
  const fn = knownFunction(call.fn);
  const sql = fn.render(argsFor(call, fn, context), call, context);
  return fn.mayBeNullText === true && call.type === 'string' ? `coalesce(${sql}, '')` : sql;
};

/**
 * Where NULL and false mean the same (conditions), the guards that tell them apart are left out: `a = b` is what an engine's
 * optimizer understands.
 */
export const renderCondition = (expr: Expr, context: SqlContext): string => {
  if (expr.kind !== 'call') return coerce(toArg(expr, context), 'bool', context).sql;
  if (expr.fn === 'and' || expr.fn === 'or') {
    return `(${expr.args.map((arg) => renderCondition(arg, context)).join(expr.fn === 'and' ? ' AND ' : ' OR ')})`;
  }
  return rawCondition(expr, context) ?? plainCondition(expr, context);
};

const plainCondition = (call: Call, context: SqlContext): string => {
  const fn = knownFunction(call.fn);
  if (fn.condition !== undefined) return fn.condition(argsFor(call, fn, context), call, context);
  return coerce(toArg(call, context), 'bool', context).sql;
};

/** The condition on a column as it is stored, where that says the same. */
const rawCondition = (call: Call, context: SqlContext): string | null => {
  const { raw } = context;
  if (raw === undefined) return null;
  const text = rawTextOf(call, raw);
  if (text === null) return rawMomentCondition(call, raw, context.now);
  return plainCondition(call, {
    ...context,
    column: (id) => (id === text ? raw.get(id)?.sql : null) ?? context.column(id),
  });
};

const renderInTable = (expr: InTable, context: SqlContext): string => {
  if (expr.fn === 'sumo:has-any') return renderHasWord(expr, context);
  const fold = expr.fn.endsWith('~');
  const negated = expr.fn.startsWith('!');
  const column: Arg = {
    sql: expr.column.id,
    type: expr.column.type,
    nullable: expr.column.type !== 'string',
    literal: null,
  };
  const [value, item] = comparable(toArg(expr.value, context), column, context);
  const [left, right] = fold ? [`lower(${value.sql})`, `lower(${item.sql})`] : [value.sql, item.sql];
  const test = `coalesce(${left} IN (SELECT ${right} FROM ${expr.stage} WHERE ${item.sql} IS NOT NULL), FALSE)`;
  return negated ? `(NOT ${test})` : test;
};

/** Whether a text holds one of the column's values as a word of its own. */
const renderHasWord = ({ value, stage, column }: InTable, context: SqlContext): string => {
  const pattern = `'(^|[^A-Za-z0-9_])' || regexp_escape(w.${column.id}) || '($|[^A-Za-z0-9_])'`;
  return `EXISTS (SELECT 1 FROM ${stage} AS w WHERE regexp_matches(${renderExpr(value, context)}, ${pattern}))`;
};
