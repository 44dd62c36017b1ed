import type { Column, Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { Computed, ExtendStage, Source, Stage } from '../../plan/stage.ts';
import type { SumoDialect } from '../dialect.ts';
import type { Planning } from './planning.ts';

/** A function of a text and a name, and the text. */
export interface Auto {
  readonly fn: 'sumo:json' | 'sumo:value-of';
  readonly text: Expr;
}

/** The rows between two operators, and what is known of them. */
export interface Flow {
  readonly stage: Stage;
  /** Time of a message, in milliseconds; null after an aggregate. */
  readonly time: Expr | null;
  /** Where a name that no operator made is looked for: the messages' JSON (`json auto`) or pairs (`kv auto`). */
  readonly auto: Auto | null;
  /** Length of a slice in milliseconds, once a `timeslice` has said so. */
  readonly slice: number | null;
  /** Names of the fields that the last aggregate grouped by; null before any. */
  readonly keys: readonly string[] | null;
  /** Whether unknown names are nulls (messages may hold any field) or mistakes (a table has its columns). */
  readonly open: boolean;
  /** Whether a `sort` has put the rows in an order. */
  readonly sorted: boolean;
  /** Conditions of `parse … nodrop` right before: a parse that drops keeps what they matched. */
  readonly matched: readonly Expr[];
  /** `withtime x` makes `x_withtime`: the value that it stands for. */
  readonly withTime: ReadonlyMap<string, Expr>;
}

const folded = (name: string, dialect: SumoDialect): string =>
  dialect.fieldNames === 'ignore-case' ? name.toLowerCase() : name;

export const findColumn = (columns: readonly Column[], name: string, dialect: SumoDialect): Column | undefined =>
  columns.find((column) => column.name === name) ??
  columns.find((column) => folded(column.name, dialect) === folded(name, dialect));

export const reference = ({ id, type }: Column, span: Span): Expr => ({ kind: 'column', id, type, span });

/** Fields of the name that an operator gives replace those that carry it; new ones stand behind. */
export const withColumns = (
  columns: readonly Column[],
  added: readonly Column[],
  dialect: SumoDialect,
): readonly Column[] => {
  const replaced = (column: Column): Column | undefined =>
    added.findLast(({ name }) => folded(name, dialect) === folded(column.name, dialect));
  const known = new Set(columns.map(({ name }) => folded(name, dialect)));
  const fresh = added.filter(
    (column, index) =>
      !known.has(folded(column.name, dialect)) &&
      added.findLastIndex(({ name }) => folded(name, dialect) === folded(column.name, dialect)) === index,
  );
  return [...columns.map((column) => replaced(column) ?? column), ...fresh];
};

/** The rows with more fields. */
export const extended = (
  planning: Planning,
  flow: Flow,
  computed: readonly Computed[],
  source: Source | null,
): Flow => ({
  ...flow,
  matched: [],
  stage: planning.add<ExtendStage>({
    kind: 'extend',
    source,
    input: flow.stage.id,
    computed,
    output: withColumns(
      flow.stage.output,
      computed.map(({ column }) => column),
      planning.dialect,
    ),
  }),
});
