import { storedTypes } from '../support.ts';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ScalarType, TableInfo } from '../../../src/model/table.ts';
import type { Relation } from '../../../src/query/engine.ts';
import { sqlName, sqlString } from '../../../src/telemetry/database.ts';

/** Values as products log them, the awkward ones among them. */
const values: Readonly<Record<ScalarType, readonly (string | null)[]>> = {
  string: [
    'powershell.exe -enc SQBFAFgA',
    '',
    '203.0.113.7',
    'C:\\Windows\\System32\\cmd.exe',
    '{"ipAddress":"198.51.100.4","roles":["a","b"]}',
    'https://login.example.com:8443/a/b?c=d#e',
    'ana@example.com',
    '2026-11-20T12:00:00Z',
    '4625',
    '[{"Name":"x","Value":"1"},{"Name":"y","Value":[2]}]',
    'O\'Brien "quoted" \u00e9\u4e2d\u{1F600}',
    '2001:db8::1',
    'true',
    'not json {',
  ],
  long: ['0', '1', '-1', '443', '9223372036854775807', null],
  int: ['0', '1', '-1', '443', '2147483647', null],
  real: ['0', '1.5', '-2.25', '1e300', null],
  bool: ['true', 'false', null],
  datetime: ['2026-11-20 12:00:00.123456', '2026-11-19 23:59:59', '2026-11-01 00:00:00', '1970-01-01 00:00:00', null],
  timespan: ['0', '36000000000', '-10000000', null],
  guid: ['74be27de-1e4e-49d9-b579-fe0b331d3642', null],
  dynamic: [
    '{"ipAddress":"203.0.113.7","user":{"id":"ana"},"n":5}',
    '["a","b",3,null]',
    '[{"Name":"x","newValue":"[\\"y\\"]"},{"Name":"z"}]',
    '"text"',
    '7',
    null,
    '{}',
    '[]',
  ],
  decimal: ['0', '1.25', null],
};

const rowsOf = ({ columns }: TableInfo, count: number): string =>
  Array.from({ length: count }, (_, row) => {
    // Steps that share no factor with the lists' lengths: rows and columns differ from each other.
    const cells = columns.map(({ type }, column) => {
      const value = values[type][(row * 5 + column * 3) % values[type].length] ?? null;
      return value === null ? 'NULL' : sqlString(value);
    });
    return `(${cells.join(', ')})`;
  }).join(', ');

/** Tables of these shapes, `count` rows each, made before the database is sealed. */
export const loadGenerated = async (
  connection: DuckDBConnection,
  tables: readonly TableInfo[],
  count: number,
): Promise<void> => {
  for (const [index, table] of tables.entries()) {
    const columns = table.columns.map(
      ({ name, type }, at) => `x${at} ${storedTypes[type]} /* ${name.replaceAll('*', '')} */`,
    );
    await connection.run(`CREATE TABLE ${sqlName(`generated${index}`)} (${columns.join(', ')})`);
    await connection.run(`INSERT INTO ${sqlName(`generated${index}`)} VALUES ${rowsOf(table, count)}`);
  }
};

export const generatedRelations = (tables: readonly TableInfo[]): ReadonlyMap<string, Relation> =>
  new Map(tables.map((info, index) => [info.name, { info, sql: sqlName(`generated${index}`) }]));
