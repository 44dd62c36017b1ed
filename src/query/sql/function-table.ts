import type { ScalarType } from '../../model/table.ts';
import type { Call, Literal } from '../plan/expr.ts';
import type { RawColumns } from './raw-columns.ts';
import type { RowFunction } from './row-function.ts';

/** A rendered argument, with what is known of it. */
export interface Arg {
  readonly sql: string;
  readonly type: ScalarType;
  /** False when it cannot be NULL: strings, literals, comparisons. */
  readonly nullable: boolean;
  readonly literal: Literal | null;
  /** Of a dynamic value: SQL that gives its text at once, NULL for null. */
  readonly text?: string;
}

/** What rendering needs from its surroundings. */
export interface SqlContext {
  /** SQL for a column of the row. */
  column(id: string): string;
  /** Columns of the row that stand in it as they are stored, too: for conditions. Default: none. */
  readonly raw?: RawColumns;
  /** The moment of the run, in ticks. */
  readonly now: bigint;
  /** Notes a row function that the statement uses, and gives the SQL of its call. */
  rowFunction(fn: RowFunction, args: readonly string[]): string;
}

/** `any` is taken as it comes. */
export type ParamType = ScalarType | 'any';

/** A function of the query languages: which types it takes, and its SQL. */
export interface SqlFunction {
  /** Types of the arguments; the last one also of those that follow when `variadic`. Arguments are converted to them. */
  readonly params: readonly ParamType[];
  readonly variadic?: boolean;
  readonly render: (args: readonly Arg[], call: Call, context: SqlContext) => string;
  /** Of a dynamic result: SQL of its text, without its JSON on the way. */
  readonly text?: SqlFunction['render'];
  /** The SQL where NULL and false mean the same; by default that of `render`. */
  readonly condition?: SqlFunction['render'];
  /** Whether the result can be NULL though it is no string; `always` null-free functions spare a coalesce. */
  readonly neverNull?: boolean;
  /** Null only where all arguments are. */
  readonly nullOnlyOfNulls?: boolean;
  /** A string result may be NULL in SQL and has to become the empty string. */
  readonly mayBeNullText?: boolean;
  /** Why a call cannot be rendered although its name is known; null when it can. */
  readonly refuse?: (call: Call) => string | null;
}

export type FunctionTable = Readonly<Record<string, SqlFunction>>;

/** A function whose SQL is a template: `$1` is the first argument, `$*` all of them. */
export const template = (
  params: readonly ParamType[],
  sql: string,
  more: Partial<Pick<SqlFunction, 'neverNull' | 'mayBeNullText' | 'variadic'>> = {},
): SqlFunction => ({
  params,
  ...more,
  render: (args) =>
    sql.replaceAll(/\$(\d|\*)/g, (_, which: string) =>
      which === '*' ? args.map((arg) => arg.sql).join(', ') : (args[Number(which) - 1]?.sql ?? 'NULL'),
    ),
});
