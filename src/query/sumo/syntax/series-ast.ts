import type { Alias, Node, SumoExpr } from './ast.ts';

/** What values of one key field `fillmissing` asks for. */
export type Generator =
  | { readonly kind: 'timeslice'; readonly millis: number | null; readonly field: Alias }
  /** `all`: those that the field has. */
  | { readonly kind: 'values'; readonly values: readonly string[] | 'all'; readonly field: Alias };

/** `timeshift 1d 7 avg as week`. */
export interface Timeshift extends Node {
  readonly count: number;
  readonly unit: string;
  readonly millis: number;
  readonly times: number;
  readonly aggregate: 'avg' | 'min' | 'max' | null;
  readonly alias: Alias | null;
}

/** Operators over the rows that an aggregate gave. */
export type SeriesStage =
  | (Node & {
      readonly kind: 'transpose';
      readonly rows: readonly Alias[];
      readonly columns: readonly Alias[];
      /** The columns that come first; null where the query names none. */
      readonly outputs: readonly Alias[] | null;
      /** Whether those follow that only the data knows. */
      readonly dynamic: boolean;
    })
  | (Node & {
      readonly kind: 'fillmissing';
      readonly generators: readonly Generator[];
      readonly constants: readonly { readonly field: Alias; readonly value: SumoExpr }[];
      readonly takeLast: boolean;
    })
  | (Node & {
      readonly kind: 'outlier';
      readonly field: Alias;
      readonly keys: readonly Alias[];
      readonly window: number;
      readonly threshold: number;
      readonly consecutive: number;
      readonly direction: '+-' | '+' | '-';
    })
  | (Node & { readonly kind: 'predict'; readonly field: Alias; readonly millis: number })
  | (Node & { readonly kind: 'compare'; readonly shifts: readonly Timeshift[] });
