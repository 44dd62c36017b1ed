/**
 * Writes `src/telemetry/catalog/*.json`: the names and types of the products' tables, from the schema files of the corpus
 * (environment TOCSIN_CORPUS, default `../shared/data`). Run it when the vendors' documentation has a new snapshot.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ScalarType } from '../src/model/table.ts';

const root = resolve(import.meta.dirname, '..');
const schemas = join(process.env['TOCSIN_CORPUS'] ?? join(root, '../shared/data'), 'schemas');
const target = join(root, 'src/telemetry/catalog');

/** The day the vendors' documentation was read. */
const asOf = '2026-07-27';

type Columns = readonly (readonly [name: string, type: string])[];

/** Vendors' spellings of types. Windows event fields are text in the event's XML, so ids, SIDs and addresses stay text. */
const scalarTypes: Readonly<Record<string, ScalarType>> = {
  string: 'string',
  long: 'long',
  int: 'int',
  real: 'real',
  double: 'real',
  float: 'real',
  bool: 'bool',
  boolean: 'bool',
  datetime: 'datetime',
  timestamp: 'datetime',
  timespan: 'timespan',
  guid: 'guid',
  dynamic: 'dynamic',
  decimal: 'decimal',
  'map[string]string': 'dynamic',
  'map[string]array[string]': 'dynamic',
  'array[string]': 'dynamic',
};

const windowsTypes: Readonly<Record<string, ScalarType>> = {
  ...scalarTypes,
  guid: 'string',
  GUID: 'string',
  SID: 'string',
  UnicodeString: 'string',
  HexInt32: 'string',
  HexInt64: 'string',
  'win:HexInt64': 'string',
  Pointer: 'string',
  Int32: 'int',
  UInt32: 'long',
  UInt64: 'long',
};

const packed = (table: string, columns: Columns, types: Readonly<Record<string, ScalarType>>): string =>
  columns
    .map(([name, type]) => {
      const scalar = types[type];
      if (scalar === undefined) throw new Error(`${table}.${name}: unknown type ${type}`);
      if (/[\s:]/.test(name)) throw new Error(`${table}.${name}: a name with a blank or a colon cannot be packed`);
      return scalar === 'string' ? name : `${name}:${scalar}`;
    })
    .join(' ');

/** One table a line, so that a new snapshot shows as a readable diff. */
const write = (name: string, tables: ReadonlyMap<string, string>): void => {
  const lines = [...tables].map(([table, columns]) => `    ${JSON.stringify(table)}: ${JSON.stringify(columns)}`);
  const text = `{\n  "asOf": "${asOf}",\n  "tables": {\n${lines.join(',\n')}\n  }\n}\n`;
  writeFileSync(join(target, `${name}.json`), text);
};

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(schemas, file), 'utf8'));

type Environments = Record<'m365' | 'sentinel', { tables: Record<string, Record<string, string>> }>;
const environments = readJson('kql-tables.json') as Environments;

for (const [schema, environment] of [
  ['sentinel', 'sentinel'],
  ['defender', 'm365'],
] as const) {
  const tables = Object.entries(environments[environment].tables);
  write(schema, new Map(tables.map(([name, columns]) => [name, packed(name, Object.entries(columns), scalarTypes)])));
}

const nativeRecords = /^(Sysmon|Security|PowerShell|DnsClient)-\d+\.json$|^sec_record_network\.json$/;
const records = readdirSync(schemas)
  .filter((file) => nativeRecords.test(file))
  .map((file) => readJson(file) as { table: string; columns: { name: string; type: string }[] })
  .sort((left, right) => left.table.localeCompare(right.table, 'en', { numeric: true }));
// What the corpus has no schema of was written by hand, from other documents: `auditd` from the audit system's field dictionary,
// Sysmon for Linux from Sysmon's own manifest, which it shares.
const byHand = JSON.parse(readFileSync(join(target, 'events.json'), 'utf8')) as { tables: Record<string, string> };
write(
  'events',
  new Map([
    ...Object.entries(byHand.tables),
    ...records.map(({ table, columns }): [string, string] => [
      table,
      packed(
        table,
        columns.map(({ name, type }) => [name, type] as const),
        windowsTypes,
      ),
    ]),
  ]),
);
