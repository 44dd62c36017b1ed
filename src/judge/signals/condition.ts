import type { ColumnInfo } from '../../model/table.ts';
import type { Pattern } from './pattern.ts';

export type Comparison = 'gt' | 'gte' | 'lt' | 'lte';

/** What one value of a condition asks of its column. */
export type Matcher =
  | { readonly kind: 'null' }
  | { readonly kind: 'exists'; readonly wanted: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'pattern'; readonly pattern: Pattern; readonly cased: boolean }
  /** RE2, found anywhere in the text. */
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly value: number | string }
  | { readonly kind: 'cidr'; readonly prefix: string };

/** One key of `where`: any of its matchers, or with `all` every one of them, holds for the column. */
export interface Condition {
  readonly column: ColumnInfo;
  readonly all: boolean;
  readonly matchers: readonly Matcher[];
}

/** Conditions that hold only where the column has a value: what no sensor fills, they can never match. */
export const needsValue = (condition: Condition): boolean =>
  condition.matchers.every((matcher) => matcher.kind !== 'null' && !(matcher.kind === 'exists' && !matcher.wanted));

const numericTypes: ReadonlySet<string> = new Set(['int', 'long', 'real', 'decimal']);

export const isNumeric = (column: ColumnInfo): boolean => numericTypes.has(column.type);
