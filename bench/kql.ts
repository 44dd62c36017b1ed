/**
 * Time of KQL: compiling, a fresh engine per case, and queries over generated rows against hand-written SQL that gives the same answer.
 * `node bench/kql.ts [rows]`, default 1,000,000.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { loadLanguages } from '../src/query/languages.ts';
import { openEngine } from '../src/query/open-engine.ts';
import { loadCatalog } from '../src/telemetry/catalog.ts';
import { openDatabase } from '../src/telemetry/database.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const origin = { file: 'bench.kql', line: 1, column: 1 };
const now = Date.UTC(2026, 10, 20, 13) * 1000;

/** A day of connections: fifty devices, some of them beaconing. */
const load = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run(`CREATE TABLE events AS SELECT
    TIMESTAMP '2026-11-19 14:00:00' + INTERVAL (i * 80000000 // ${rows}) MILLISECOND AS "Timestamp",
    'device' || (i % 50) AS "DeviceName",
    CASE i % 10 WHEN 0 THEN 'ConnectionFailed' ELSE 'ConnectionSuccess' END AS "ActionType",
    '203.0.113.' || (i % 200) AS "RemoteIP",
    (i % 3000)::INTEGER AS "RemotePort",
    CASE i % 7 WHEN 0 THEN 'Private' ELSE 'Public' END AS "RemoteIPType",
    CASE i % 13 WHEN 0 THEN 'updates.microsoft.com' WHEN 1 THEN 'evil.example' ELSE 'cdn' || (i % 400) || '.example.net' END AS "RemoteUrl",
    CASE i % 5 WHEN 0 THEN 'powershell.exe' WHEN 1 THEN 'chrome.exe' ELSE 'svc' || (i % 90) || '.exe' END AS "InitiatingProcessFileName"
  FROM range(${rows}) AS r(i)`);
};

const columns = [
  ['Timestamp', 'datetime'],
  ['DeviceName', 'string'],
  ['ActionType', 'string'],
  ['RemoteIP', 'string'],
  ['RemotePort', 'int'],
  ['RemoteIPType', 'string'],
  ['RemoteUrl', 'string'],
  ['InitiatingProcessFileName', 'string'],
].map(([name = '', type]) => ({ name, type: type as 'string' }));

const cases: readonly { readonly name: string; readonly kql: string; readonly sql: string }[] = [
  {
    name: 'filter and count',
    kql: `Events | where Timestamp > ago(12h) and ActionType == "ConnectionSuccess" and RemoteIPType == "Public" | count`,
    sql: `SELECT count(*) FROM events WHERE "Timestamp" > TIMESTAMP '2026-11-20 01:00:00' AND "ActionType" = 'ConnectionSuccess' AND "RemoteIPType" = 'Public'`,
  },
  {
    name: 'has_any',
    kql: `Events | where RemoteUrl has_any ("microsoft.com", "office.com", "example.org") | count`,
    sql: `SELECT count(*) FROM events WHERE regexp_matches("RemoteUrl", '(?i)(?:^|[^\\p{L}\\p{N}])(?:microsoft\\.com|office\\.com|example\\.org)(?:$|[^\\p{L}\\p{N}])')`,
  },
  {
    name: 'beaconing groups',
    kql: `Events | where Timestamp > ago(24h) | where RemoteIPType == "Public" | where InitiatingProcessFileName !in~ ("chrome.exe", "firefox.exe")
| summarize n = count(), ports = dcount(RemotePort), seen = min(Timestamp), latest = max(Timestamp) by DeviceName, RemoteIP, bin(Timestamp, 1h) | where n >= 12`,
    sql: `SELECT "DeviceName", "RemoteIP", date_trunc('hour', "Timestamp") h, count(*) n, count(DISTINCT "RemotePort") ports, min("Timestamp"), max("Timestamp")
FROM events WHERE "Timestamp" > TIMESTAMP '2026-11-19 13:00:00' AND "RemoteIPType" = 'Public' AND lower("InitiatingProcessFileName") NOT IN ('chrome.exe', 'firefox.exe')
GROUP BY 1, 2, 3 HAVING n >= 12`,
  },
  {
    name: 'make_set',
    kql: `Events | summarize ports = make_set(RemotePort, 10), processes = make_set(InitiatingProcessFileName, 5) by DeviceName`,
    // In the order in which they came, as the service lists them.
    sql: `WITH ports AS (SELECT d, list(x ORDER BY n)[1:10] AS l FROM (SELECT "DeviceName" d, "RemotePort" x, min(rowid) n FROM events GROUP BY 1, 2) GROUP BY 1),
processes AS (SELECT d, list(x ORDER BY n)[1:5] AS l FROM (SELECT "DeviceName" d, "InitiatingProcessFileName" x, min(rowid) n FROM events GROUP BY 1, 2) GROUP BY 1)
SELECT d, ports.l, processes.l FROM ports JOIN processes USING (d)`,
  },
  {
    name: 'arg_max of all columns',
    kql: `Events | summarize arg_max(Timestamp, *) by RemoteIP`,
    sql: `SELECT * FROM events QUALIFY row_number() OVER (PARTITION BY "RemoteIP" ORDER BY "Timestamp" DESC) = 1`,
  },
  {
    name: 'join with a small table',
    kql: `let bad = datatable(ip:string)["203.0.113.7", "203.0.113.9"]; Events | join kind=inner bad on $left.RemoteIP == $right.ip | summarize count() by DeviceName`,
    sql: `SELECT "DeviceName", count(*) FROM events JOIN (VALUES ('203.0.113.7'), ('203.0.113.9')) b(ip) ON "RemoteIP" = ip GROUP BY 1`,
  },
];

const milliseconds = async (work: () => Promise<unknown>, times = 5): Promise<number> => {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
};

const languages = await loadLanguages(['kql']);
const catalog = loadCatalog(['sentinel', 'defender']);
await using database = await openDatabase({ load });
const engine = openEngine({
  database,
  relations: new Map([['Events', { info: { name: 'Events', columns }, sql: 'events' }]]),
  catalog,
  languages,
});

const coldStart = performance.now();
engine.compile('kql', 'print 1', origin);
console.log(`first compile, cold: ${(performance.now() - coldStart).toFixed(0)} ms`);

const ratios: number[] = [];
for (const { name, kql, sql } of cases) {
  const compiled = engine.compile('kql', kql, origin);
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
  const compile = await milliseconds(() => Promise.resolve(engine.compile('kql', kql, origin)), 11);
  const ours = await milliseconds(() => engine.run(compiled.query, { now }));
  const byHand = await milliseconds(() => database.read(sql));
  ratios.push(ours / byHand);
  console.log(
    `${name}: ${ours.toFixed(1)} ms, by hand ${byHand.toFixed(1)} ms, ratio ${(ours / byHand).toFixed(2)}, compile ${compile.toFixed(1)} ms`,
  );
}
console.log(
  `ratio: median ${ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]?.toFixed(2)}, worst ${Math.max(...ratios).toFixed(2)}, ${rows} rows`,
);

const fresh = await milliseconds(async () => {
  await using own = await openDatabase({
    load: async (connection) => void (await connection.run('CREATE TABLE t AS SELECT 1 AS a')),
  });
  const small = openEngine({
    database: own,
    relations: new Map([['T', { info: { name: 'T', columns: [{ name: 'a', type: 'long' }] }, sql: 't' }]]),
    catalog,
    languages,
  });
  const compiled = small.compile('kql', 'T | where a > 0', origin);
  if (compiled.ok) await small.run(compiled.query, { now });
}, 21);
console.log(`fresh engine, table and query: ${fresh.toFixed(1)} ms`);
