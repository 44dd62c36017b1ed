import type { Column, Expr } from '../../plan/expr.ts';
import type { Computed } from '../../plan/stage.ts';
import type { Scope } from '../scope.ts';

/**
 * In a subquery that runs once for every group of rows (`mv-apply`, `partition`), each stage carries hidden columns that say which
 * group a row belongs to: aggregates group by them, limits count within them.
 */
export const groupColumns = (scope: Scope): readonly Column[] => scope.within;

export const groupReferences = (scope: Scope): readonly Expr[] =>
  scope.within.map((column) => ({ kind: 'column', id: column.id, type: column.type, span: { start: 0, end: 0 } }));

/** What a stage that names its columns has to name besides. */
export const carriedGroups = (scope: Scope): readonly Computed[] =>
  groupReferences(scope).map((expr, index) => ({ column: scope.within[index] as Column, expr }));
