import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnInfo, ScalarType, TableInfo } from '../../src/model/table.ts';
import type { Relation } from '../../src/query/engine.ts';
import { sqlName } from '../../src/telemetry/database.ts';

/** A day that ends an hour before the queries' `now`: columns with their types and, over a row's number `i`, their values. */
type Columns = Readonly<Record<string, readonly [type: ScalarType, sql: string]>>;

const momentOf = (rows: number): string =>
  `TIMESTAMP '2026-11-19 14:00:00' + INTERVAL (i * 80000000 // ${rows}) MILLISECOND`;

/** Fifty devices, some of whose processes call one address again and again. */
const network = (rows: number): Columns => ({
  Timestamp: ['datetime', momentOf(rows)],
  DeviceName: ['string', `'device' || (i % 50)`],
  ActionType: ['string', `CASE i % 10 WHEN 0 THEN 'ConnectionFailed' ELSE 'ConnectionSuccess' END`],
  RemoteIP: ['string', `'203.0.113.' || (i % 200)`],
  RemotePort: ['int', `(i % 3000)::INTEGER`],
  RemoteIPType: ['string', `CASE i % 7 WHEN 0 THEN 'Private' ELSE 'Public' END`],
  RemoteUrl: [
    'string',
    `CASE i % 13 WHEN 0 THEN 'updates.microsoft.com' WHEN 1 THEN 'evil.example' ELSE 'cdn' || (i % 400) || '.example.net' END`,
  ],
  InitiatingProcessFileName: [
    'string',
    `CASE i % 5 WHEN 0 THEN 'powershell.exe' WHEN 1 THEN 'chrome.exe' ELSE 'svc' || (i % 90) || '.exe' END`,
  ],
  InitiatingProcessCommandLine: ['string', `'c' || (i % 5)`],
  InitiatingProcessAccountName: ['string', `'user' || (i % 50)`],
});

const processes = (rows: number): Columns => ({
  Timestamp: ['datetime', momentOf(rows)],
  DeviceName: ['string', `'device' || (i % 400)`],
  FileName: [
    'string',
    `CASE i % 20 WHEN 0 THEN 'powershell.exe' WHEN 1 THEN 'cmd.exe' ELSE 'app' || (i % 300) || '.exe' END`,
  ],
  InitiatingProcessFileName: ['string', `CASE i % 50 WHEN 0 THEN 'winword.exe' ELSE 'explorer.exe' END`],
  ProcessCommandLine: [
    'string',
    `CASE i % 20 WHEN 0 THEN CASE i % 60 WHEN 0 THEN 'powershell.exe -nop -enc SQBFAFgA' || (i % 900) ELSE 'powershell.exe -File job' || (i % 700) || '.ps1' END
      WHEN 1 THEN 'cmd.exe /c whoami' ELSE 'app.exe --id ' || (i % 5000) END`,
  ],
  SHA256: ['string', `md5((i % 2000)::VARCHAR)`],
});

const signIns = (rows: number): Columns => ({
  TimeGenerated: ['datetime', momentOf(rows)],
  UserPrincipalName: ['string', `'user' || (i % 4000) || '@example.com'`],
  IPAddress: ['string', `'198.51.' || (i % 40) || '.' || (i % 7)`],
  ResultType: ['string', `CASE i % 6 WHEN 0 THEN '50126' WHEN 1 THEN '50053' ELSE '0' END`],
  AppDisplayName: ['string', `CASE i % 9 WHEN 0 THEN 'Azure Portal' ELSE 'Office' || (i % 30) END`],
  ClientAppUsed: ['string', `CASE i % 3 WHEN 0 THEN 'Browser' ELSE 'Mobile Apps and Desktop clients' END`],
  AutonomousSystemNumber: [
    'string',
    `CASE i % 11 WHEN 0 THEN '9009' WHEN 1 THEN '14061' ELSE (64500 + i % 30)::VARCHAR END`,
  ],
  NetworkLocationDetails: ['string', `CASE i % 40 WHEN 0 THEN '[{"networkNames":["vpn exit"]}]' ELSE '[]' END`],
  RiskEventTypes_V2: ['string', `CASE i % 90 WHEN 0 THEN '["anonymizedIPAddress"]' ELSE '[]' END`],
  LocationDetails: [
    'dynamic',
    `'{"city":"c' || (i % 60) || '","countryOrRegion":"' || CASE i % 4 WHEN 0 THEN 'NL' ELSE 'GB' END || '"}'`,
  ],
});

const indicators: Columns = {
  TimeGenerated: ['datetime', `TIMESTAMP '2026-11-19 12:00:00' + INTERVAL (i) SECOND`],
  NetworkIP: ['string', `'203.0.113.' || (i % 60)`],
  ThreatType: ['string', `'C2'`],
  ConfidenceScore: ['real', `(i % 100)::DOUBLE`],
  Description: ['string', `'listed ' || i`],
  Active: ['bool', `i % 3 <> 0`],
};

const tables = (rows: number): readonly (readonly [string, Columns, number])[] => [
  ['DeviceNetworkEvents', network(rows), rows],
  ['DeviceProcessEvents', processes(rows), rows],
  ['SigninLogs', signIns(rows), rows],
  ['ThreatIntelligenceIndicator', indicators, 600],
];

/** Creates the tables, named as the products name them, before the database is sealed. */
export const createTables = async (connection: DuckDBConnection, rows: number): Promise<void> => {
  for (const [name, columns, count] of tables(rows)) {
    const values = Object.entries(columns).map(([column, [, sql]]) => `${sql} AS ${sqlName(column)}`);
    await connection.run(`CREATE TABLE ${sqlName(name)} AS SELECT ${values.join(', ')} FROM range(${count}) AS r(i)`);
  }
};

export const relationsOf = (rows: number): ReadonlyMap<string, Relation> =>
  new Map(
    tables(rows).map(([name, columns]) => {
      const info: TableInfo = {
        name,
        columns: Object.entries(columns).map(([column, [type]]): ColumnInfo => ({ name: column, type })),
      };
      return [name, { info, sql: sqlName(name) }];
    }),
  );
