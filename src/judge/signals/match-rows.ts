import type { Mark } from '../../model/persona.ts';
import { sqlName, type Database } from '../../telemetry/database.ts';
import type { ProductTable } from '../../telemetry/hub.ts';
import { isInPrefix } from './addresses.ts';
import { conditionSql, type AddressesIn } from './condition-sql.ts';
import type { Condition } from './condition.ts';
import { fragment, joinFragments } from './fragment.ts';
import type { MatchedRow } from './matched-row.ts';

export interface RowSource {
  readonly host: string;
  readonly variant: string;
}

/** Rows of `table` in the hub's present scope that `source` left and all conditions keep, oldest first. */
export const matchRows = async (
  database: Database,
  table: ProductTable,
  conditions: readonly Condition[],
  source: RowSource,
): Promise<readonly MatchedRow[]> => {
  const addressesIn = await addressFinder(database, table, conditions);
  const columns = [...new Set(conditions.map((condition) => condition.column.name))];
  const where = joinFragments(
    [
      fragment('"tocsin.host" = ?', source.host),
      fragment('"tocsin.variant" = ?', source.variant),
      ...conditions.map((condition) => conditionSql(condition, addressesIn)),
    ],
    'AND',
    'TRUE',
  );
  const selected = columns.map((name) => `, CAST(${sqlName(name)} AS VARCHAR)`).join('');
  const sql = `SELECT epoch_us("tocsin.time"), "tocsin.marks"${selected} FROM ${table.evidenceSql} AS evidence WHERE ${where.sql} ORDER BY 1`;
  const { rows } = await database.read(sql, where.values);
  return rows.map(([time, marks, ...values]) => ({
    time: Number(time),
    marks: typeof marks === 'string' ? (JSON.parse(marks) as readonly Mark[]) : [],
    values: Object.fromEntries(columns.map((name, index) => [name, (values[index] ?? null) as string | null])),
  }));
};

const addressFinder = async (
  database: Database,
  table: ProductTable,
  conditions: readonly Condition[],
): Promise<AddressesIn> => {
  const seen = new Map<string, readonly string[]>();
  for (const { column, matchers } of conditions) {
    if (!matchers.some((matcher) => matcher.kind === 'cidr')) continue;
    const name = sqlName(column.name);
    const { rows } = await database.read(
      `SELECT DISTINCT CAST(${name} AS VARCHAR) FROM ${table.evidenceSql} AS evidence`,
    );
    seen.set(
      column.name,
      rows.flatMap(([value]) => (typeof value === 'string' ? [value] : [])),
    );
  }
  return (column, prefix) => (seen.get(column.name) ?? []).filter((address) => isInPrefix(address, prefix));
};
