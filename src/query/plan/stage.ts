import type { Column, Expr } from './expr.ts';
import type { Span } from './span.ts';

/** What a stage stands for in the text: `where`, `summarize` … Stages that planning adds for itself have no source. */
export interface Source {
  readonly operator: string;
  readonly span: Span;
}

interface StageBase {
  /** Stable: the same text gives the same ids. */
  readonly id: string;
  readonly source: Source | null;
  readonly output: readonly Column[];
}

export type Stage =
  | TableStage
  | ValuesStage
  | RangeStage
  | FilterStage
  | ExtendStage
  | ProjectStage
  | AggregateStage
  | JoinStage
  | UnionStage
  | SortStage
  | LimitStage
  | DistinctStage
  | ExpandStage
  | ScanStage;

/** A base table; `output` names are the table's own columns. */
export interface TableStage extends StageBase {
  readonly kind: 'table';
  readonly table: string;
  /** Whether a text may be null, as where a language tells null from the empty text; else null texts are empty ones. */
  readonly nullText?: boolean;
}

/** Rows written in the query; expressions hold no columns. */
export interface ValuesStage extends StageBase {
  readonly kind: 'values';
  readonly rows: readonly (readonly Expr[])[];
}

/** One column from `from` to `to`, both included, in steps. */
export interface RangeStage extends StageBase {
  readonly kind: 'range';
  readonly from: Expr;
  readonly to: Expr;
  readonly step: Expr;
}

export interface FilterStage extends StageBase {
  readonly kind: 'filter';
  readonly input: string;
  readonly conjuncts: readonly Conjunct[];
}

/** One of the conditions that a row must all meet. */
export interface Conjunct {
  /** `stage/number`. */
  readonly id: string;
  readonly expr: Expr;
  readonly span: Span;
}

export interface Computed {
  readonly column: Column;
  readonly expr: Expr;
}

/** Adds columns; `output` also says which of the input's columns are still named. */
export interface ExtendStage extends StageBase {
  readonly kind: 'extend';
  readonly input: string;
  readonly computed: readonly Computed[];
}

/** Exactly these columns. */
export interface ProjectStage extends StageBase {
  readonly kind: 'project';
  readonly input: string;
  readonly computed: readonly Computed[];
}

export interface AggregateStage extends StageBase {
  readonly kind: 'aggregate';
  readonly input: string;
  readonly keys: readonly Computed[];
  readonly aggregates: readonly Aggregate[];
}

/** An aggregate function by its name in the function tables. `arg_max` and its kin give several columns: one per `carried`. */
export interface Aggregate {
  readonly fn: string;
  readonly args: readonly Expr[];
  /** The result; for a function that gives several columns, the first. */
  readonly column: Column;
  readonly carried: readonly Computed[];
  readonly span: Span;
}

export type JoinFlavor =
  | 'innerunique'
  | 'inner'
  | 'leftouter'
  | 'rightouter'
  | 'fullouter'
  | 'leftanti'
  | 'rightanti'
  | 'leftsemi'
  | 'rightsemi';

export interface JoinStage extends StageBase {
  readonly kind: 'join';
  readonly flavor: JoinFlavor;
  readonly left: string;
  readonly right: string;
  /** Pairs that must be equal: the first over the left side's columns, the second over the right side's. */
  readonly on: readonly { readonly left: Expr; readonly right: Expr }[];
  /** A condition besides, by a function of one expression over each side. */
  readonly test?: { readonly fn: string; readonly left: Expr; readonly right: Expr };
  /** As in TableStage: a missing partner leaves texts null rather than empty. */
  readonly nullText?: boolean;
  /** Conditions that rows of the left side meet before one of each key is chosen. */
  readonly leftTests?: readonly Expr[];
  /** Where each output column comes from. */
  readonly columns: readonly { readonly id: string; readonly side: 'left' | 'right'; readonly from: string }[];
}

export interface UnionStage extends StageBase {
  readonly kind: 'union';
  readonly inputs: readonly UnionInput[];
}

/** For each output column the expression over the input that fills it. */
export interface UnionInput {
  readonly stage: string;
  readonly columns: readonly Expr[];
}

export interface SortKey {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export interface SortStage extends StageBase {
  readonly kind: 'sort';
  readonly input: string;
  readonly keys: readonly SortKey[];
}

export interface LimitStage extends StageBase {
  readonly kind: 'limit';
  readonly input: string;
  readonly count: Expr;
  /** So many of each group rather than of all, in the order of `keys`. */
  readonly within?: readonly Expr[];
  readonly keys?: readonly SortKey[];
  /** Why no row is chosen where several tie for the last place; the query fails with it. */
  readonly refusesTies?: string;
}

export interface DistinctStage extends StageBase {
  readonly kind: 'distinct';
  readonly input: string;
  /** Columns beyond the output that also tell rows apart. */
  readonly hidden?: readonly Column[];
}

/** One row per element of dynamic arrays (`mv-expand`), several in step. */
export interface ExpandStage extends StageBase {
  readonly kind: 'expand';
  readonly input: string;
  readonly expanded: readonly Computed[];
  /** Whether bags become arrays of [key, value] rather than bags of one property. */
  readonly bagsAsArrays: boolean;
  /** Column that takes the element's index, from 0. */
  readonly index: Column | null;
  readonly limit: Expr | null;
}

/** One state of a `scan`. */
export interface ScanStep {
  /** For columns of the input and declared ones, how they are named in the last row that this step matched. */
  readonly state: readonly { readonly of: string; readonly column: Column }[];
  readonly condition: Expr;
  readonly assignments: readonly Computed[];
  /** Whether rows that it matches are given out. */
  readonly emits: boolean;
}

/** Rows in their order, each tried against the steps of a sequence, which remember the last row that they matched. */
export interface ScanStage extends StageBase {
  readonly kind: 'scan';
  readonly input: string;
  /** The input's columns. */
  readonly columns: readonly Column[];
  /** Columns that the steps compute, with what they hold before anything matched. */
  readonly declared: readonly Computed[];
  readonly steps: readonly ScanStep[];
  /** Takes the number of the sequence that a row belongs to. */
  readonly match: Column | null;
  /** Columns whose values tell apart groups of rows, each of which is scanned by itself. */
  readonly within: readonly Column[];
}

/** Ids of the stages that a stage reads its rows from, left before right. */
export const inputsOf = (stage: Stage): readonly string[] => {
  switch (stage.kind) {
    case 'table':
    case 'values':
    case 'range':
      return [];
    case 'join':
      return [stage.left, stage.right];
    case 'union':
      return stage.inputs.map((input) => input.stage);
    default:
      return [stage.input];
  }
};
