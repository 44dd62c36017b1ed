import type { DuckDBValue } from '@duckdb/node-api';

/** A piece of SQL with its values in the order of their `?`. Nothing that people or hosts wrote enters SQL in another way. */
export interface Fragment {
  readonly sql: string;
  readonly values: readonly DuckDBValue[];
}

export const fragment = (sql: string, ...values: readonly DuckDBValue[]): Fragment => ({ sql, values });

/** None of them is `otherwise`. */
export const joinFragments = (
  parts: readonly Fragment[],
  operator: 'AND' | 'OR',
  otherwise: 'TRUE' | 'FALSE',
): Fragment =>
  parts.length === 0
    ? fragment(otherwise)
    : {
        sql: `(${parts.map((part) => part.sql).join(` ${operator} `)})`,
        values: parts.flatMap((part) => part.values),
      };
