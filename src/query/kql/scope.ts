import type { Column, Expr } from '../plan/expr.ts';
import type { Span } from '../plan/span.ts';
import type { Stage } from '../plan/stage.ts';
import type { Node, SyntaxElement } from './kusto.ts';

/** What a name of a `let`, a parameter or a `declare pattern` stands for. */
export type Binding =
  | { readonly kind: 'scalar'; readonly expr: () => Expr }
  | { readonly kind: 'table'; readonly stage: () => Stage }
  | { readonly kind: 'function'; readonly declaration: Node; readonly scope: Scope }
  | { readonly kind: 'pattern'; readonly declaration: Node; readonly scope: Scope };

/** Offsets count from the query, which stands `shift` after the beginning of `text`. */
export interface Site {
  readonly span: Span;
  readonly text: string;
  readonly shift: number;
}

/** Names by which an expression finds its columns and values, and where its tree stands in the text. */
export interface Scope {
  readonly names: ReadonlyMap<string, Binding>;
  /** Offset of the tree: bodies of functions are bound apart, each tree beginning at 0. */
  readonly offset: number;
  /** Inside a function that stands in no query: where it was called, and the text that it stands in. */
  readonly site?: Site;
  /** Inside a function that stands in the query: its call, the outermost of several. */
  readonly call?: Span;
  /** Columns of the row that is being looked at. */
  readonly row: readonly Column[];
  /** The two sides of a join's condition, `$left` and `$right`. */
  readonly sides: { readonly left: readonly Column[]; readonly right: readonly Column[] } | null;
  /** In a `scan`: columns of the last matching row, by the name of the step. */
  readonly steps?: ReadonlyMap<string, readonly Column[]>;
  /** What a subquery without a source reads (`mv-apply … on (top 1 by x)`). */
  readonly implied: Stage | null;
  /** Hidden columns that say to which run of the subquery a row belongs. */
  readonly within: readonly Column[];
  /** Names of columns that other tables of a search have: in this one they are null. */
  readonly absent?: ReadonlySet<string>;
  /** In an expression over aggregates: takes calls of aggregate functions, and says what stands for them. */
  readonly onAggregate?: (call: Node) => Expr | null;
}

export const emptyScope: Scope = { names: new Map(), offset: 0, row: [], sides: null, implied: null, within: [] };

export const withName = (scope: Scope, name: string, binding: Binding): Scope => ({
  ...scope,
  names: new Map([...scope.names, [name, binding]]),
});

export const withRow = (scope: Scope, stage: Stage): Scope => ({ ...scope, row: stage.output, sides: null });

/** A node's range in the query's text. */
export const spanOf = (node: SyntaxElement, { site, offset, call }: Pick<Scope, 'site' | 'offset' | 'call'>): Span => {
  const [start, end] = [offset + node.TextStart, offset + node.End];
  if (site === undefined) return { start, end, ...(call === undefined ? {} : { call }) };
  const { span, text, shift } = site;
  return { start: span.start, end: span.end, inner: text.slice(shift + start, shift + end) };
};

/** Computes once, when first asked. */
export const lazily = <T>(compute: () => T): (() => T) => {
  let held: { readonly value: T } | null = null;
  return () => (held ??= { value: compute() }).value;
};
