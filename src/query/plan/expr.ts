import type { ScalarType } from '../../model/table.ts';
import type { Span } from './span.ts';

/** A column of a stage's output. Ids are unique within a plan; names are the language's own and may differ only by case. */
export interface Column {
  readonly id: string;
  readonly name: string;
  readonly type: ScalarType;
}

/** Every expression is typed and knows its place, and the whole tree is plain JSON. */
export type Expr = Literal | ColumnRef | Call | Subquery | InTable;

export interface Literal {
  readonly kind: 'literal';
  readonly type: ScalarType;
  /**
   * Numbers, datetimes and timespans (both in 100 ns ticks) as decimal text, since JSON has no exact 64-bit integers; reals also
   * `NaN`, `Infinity`, `-Infinity`; dynamic as its canonical JSON text; null is the typed null.
   */
  readonly value: string | boolean | null;
  readonly span: Span;
}

export interface ColumnRef {
  readonly kind: 'column';
  readonly id: string;
  readonly type: ScalarType;
  readonly span: Span;
}

/** A function or operator by its name in the function tables (`strlen`, `==`, `has`). */
export interface Call {
  readonly kind: 'call';
  readonly fn: string;
  readonly args: readonly Expr[];
  readonly type: ScalarType;
  readonly span: Span;
}

/** The first value of a stage's column, or null. */
export interface Subquery {
  readonly kind: 'subquery';
  readonly stage: string;
  readonly column: string;
  readonly type: ScalarType;
  readonly span: Span;
}

/** Whether a value is among those of a stage's column: `in`, `in~`, `!in`, `!in~`, `has_any`, `has_all`. */
export interface InTable {
  readonly kind: 'in-table';
  readonly fn: string;
  readonly value: Expr;
  readonly stage: string;
  readonly column: Column;
  readonly type: 'bool';
  readonly span: Span;
}

/** Visits an expression and everything in it, outermost first. */
export const walkExpr = (expr: Expr, visit: (expr: Expr) => void): void => {
  visit(expr);
  if (expr.kind === 'call') for (const arg of expr.args) walkExpr(arg, visit);
  if (expr.kind === 'in-table') walkExpr(expr.value, visit);
};

/** Ids of the columns that an expression reads from its own row. */
export const columnsOf = (expr: Expr): readonly string[] => {
  const ids = new Set<string>();
  walkExpr(expr, (inner) => {
    if (inner.kind === 'column') ids.add(inner.id);
  });
  return [...ids];
};

/** Ids of the stages that an expression looks into. */
export const stagesOf = (expr: Expr): readonly string[] => {
  const ids = new Set<string>();
  walkExpr(expr, (inner) => {
    if (inner.kind === 'subquery' || inner.kind === 'in-table') ids.add(inner.stage);
  });
  return [...ids];
};
