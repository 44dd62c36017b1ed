import type { Span } from '../../plan/span.ts';
import type { JoiningStage } from './joining-ast.ts';
import type { SeriesStage } from './series-ast.ts';

/** A query as it is written: which messages, and what is done with them one step after the other. */
export interface SumoQuery {
  readonly scope: ScopeExpr | null;
  readonly stages: readonly SumoStage[];
}

export interface Node {
  readonly span: Span;
}

export type ScopeExpr =
  | (Node & { readonly kind: 'and' | 'or'; readonly parts: readonly ScopeExpr[] })
  | (Node & { readonly kind: 'not'; readonly part: ScopeExpr })
  /** Words of the message; `*` stands for any characters. */
  | (Node & { readonly kind: 'keyword'; readonly text: string; readonly quoted: boolean })
  | (Node & { readonly kind: 'metadata'; readonly field: string; readonly operator: string; readonly value: string })
  | (Node & { readonly kind: 'subquery'; readonly text: string });

export type SumoExpr =
  | (Node & { readonly kind: 'text'; readonly value: string; /** As written. */ readonly raw: string })
  | (Node & { readonly kind: 'number'; readonly value: string; readonly real: boolean })
  | (Node & { readonly kind: 'regex'; readonly pattern: string })
  | (Node & { readonly kind: 'null' })
  | (Node & { readonly kind: 'truth'; readonly value: boolean })
  | (Node & { readonly kind: 'field'; readonly name: string })
  | (Node & { readonly kind: 'parameter'; readonly name: string })
  | (Node & { readonly kind: 'call'; readonly name: string; readonly args: readonly SumoExpr[] })
  | (Node & { readonly kind: 'not' | 'negate'; readonly operand: SumoExpr })
  | (Node & {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: SumoExpr;
      readonly right: SumoExpr;
    })
  | (Node & {
      readonly kind: 'in';
      readonly value: SumoExpr;
      readonly items: readonly SumoExpr[];
      readonly negated: boolean;
    })
  /** `[subquery: … | compose a, b]`, as written. */
  | (Node & { readonly kind: 'subquery'; readonly text: string })
  | (Node & {
      readonly kind: 'conditional';
      readonly condition: SumoExpr;
      readonly yes: SumoExpr;
      readonly no: SumoExpr;
    });

export type BinaryOperator =
  'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'matches' | 'like' | 'rlike' | '+' | '-' | '*' | '/' | '%';

export interface Alias extends Node {
  readonly name: string;
}

/** `sum(bytes) as total`. */
export interface AggregateCall extends Node {
  readonly name: string;
  readonly args: readonly SumoExpr[];
  readonly alias: Alias | null;
}

export interface SortItem extends Node {
  readonly expr: SumoExpr;
  readonly descending: boolean;
}

/** What a parse operator takes from where, and whether rows without it stay. */
export interface Extraction extends Node {
  readonly field: SumoExpr | null;
  readonly nodrop: boolean;
}

export interface Extracted extends Node {
  /** A position from 1, or a key. */
  readonly from: string;
  readonly alias: Alias;
}

export type ParseStage =
  | (Extraction & { readonly kind: 'parse-anchor'; readonly pattern: string; readonly aliases: readonly Alias[] })
  | (Extraction & {
      readonly kind: 'parse-regex';
      readonly pattern: string;
      readonly multi: boolean;
      readonly aliases: readonly Alias[];
    });

export type SumoStage =
  | (Node & { readonly kind: 'where'; readonly condition: SumoExpr })
  | (Node & { readonly kind: 'expression'; readonly expr: SumoExpr; readonly alias: Alias | null })
  | (Node & { readonly kind: 'aggregate'; readonly calls: readonly AggregateCall[]; readonly keys: readonly Alias[] })
  | (Node & {
      readonly kind: 'timeslice';
      /** How long a slice is, or how many there are, or one of the whole search. */
      readonly millis: number | null;
      readonly buckets: number | null;
      readonly alias: Alias | null;
    })
  | (Node & { readonly kind: 'sort'; readonly items: readonly SortItem[] })
  | (Node & { readonly kind: 'limit'; readonly count: number })
  | (Node & {
      readonly kind: 'top';
      readonly count: number;
      readonly keys: readonly Alias[];
      readonly by: readonly SortItem[];
    })
  | (Node & { readonly kind: 'dedup'; readonly count: number; readonly keys: readonly Alias[] })
  | (Node & { readonly kind: 'fields'; readonly drop: boolean; readonly names: readonly Alias[] })
  | (Node & {
      /** Values that follow from other rows. */
      readonly kind: 'windowed';
      readonly operator: string;
      readonly field: Alias;
      readonly count: number | null;
      readonly alias: Alias | null;
      readonly keys: readonly Alias[];
    })
  | (Node & { readonly kind: 'topk'; readonly count: number; readonly field: Alias; readonly keys: readonly Alias[] })
  | (Node & { readonly kind: 'withtime'; readonly field: Alias })
  | ParseStage
  | (Node & { readonly kind: 'parse-several'; readonly parts: readonly ParseStage[] })
  | (Extraction & { readonly kind: 'xml'; readonly paths: readonly Extracted[] })
  | (Extraction & {
      readonly kind: 'json';
      readonly paths: readonly Extracted[];
      readonly auto: boolean;
      /** `extractarrays`. */ readonly arrays: boolean;
    })
  | (Extraction & {
      readonly kind: 'csv' | 'split';
      readonly items: readonly Extracted[];
      readonly options: DelimiterOptions;
    })
  | (Extraction & {
      readonly kind: 'keyvalue';
      readonly keys: readonly Extracted[];
      readonly pattern: string | null;
      /** Every pair that the text holds, whatever its key. */
      readonly auto: boolean;
      readonly delim: string | null;
    })
  | SeriesStage
  | JoiningStage
  | (Node & { readonly kind: 'other'; readonly operator: string });

/** How a delimited text is written. */
export interface DelimiterOptions {
  readonly delim: string;
  readonly escape: string;
  readonly quote: string;
}
