/**
 * Time of Sumo searches over generated records against hand-written SQL that gives the same answer.
 * `node bench/sumo.ts [rows]`, default 1,000,000.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { loadLanguages } from '../src/query/languages.ts';
import { openEngine } from '../src/query/open-engine.ts';
import { openDatabase } from '../src/telemetry/database.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const origin = { file: 'bench.sumo', line: 1, column: 1 };
const now = Date.UTC(2026, 10, 20, 13) * 1000;
const start = Date.UTC(2026, 10, 19, 14);

/** A day of messages: fifty hosts, some of them beaconing; one in eight is JSON. */
const load = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run(`CREATE TABLE records AS SELECT
    (${start} + i * 80000000 // ${rows})::BIGINT AS "_messagetime",
    'prod/' || (i % 20) AS "_sourceCategory",
    CASE i % 8 WHEN 0 THEN '{"user": {"name": "u' || (i % 300) || '"}, "bytes": ' || (i % 5000) || '}'
      ELSE 'user=u' || (i % 300) || ', bytes=' || (i % 5000) || ' status=' || CASE i % 9 WHEN 0 THEN 'error' ELSE 'ok' END END AS "_raw",
    'host' || (i % 50) AS "srcDevice_hostname",
    CASE i % 7 WHEN 0 THEN '10.0.' ELSE '203.0.' END || (i % 11) || '.' || (i % 200) AS "dstDevice_ip",
    (i % 3000)::INTEGER AS "dstPort",
    CASE i % 13 WHEN 0 THEN NULL WHEN 1 THEN 'C:\\Windows\\powershell.exe' ELSE 'C:\\svc' || (i % 90) || '.exe' END AS "application",
    (i % 5000)::BIGINT AS "bytesOut"
  FROM range(${rows}) AS r(i)`);
};

const columns = [
  ['_messagetime', 'long'],
  ['_sourceCategory', 'string'],
  ['_raw', 'string'],
  ['srcDevice_hostname', 'string'],
  ['dstDevice_ip', 'string'],
  ['dstPort', 'int'],
  ['application', 'string'],
  ['bytesOut', 'long'],
].map(([name = '', type]) => ({ name, type: type as 'string' }));

const hour = (time: string): string => `(${time} - ${time} % 3600000)`;

const cases: readonly { readonly name: string; readonly sumo: string; readonly sql: string }[] = [
  {
    name: 'where and count',
    sumo: '_index=records | where dstPort > 1000 and application matches "*powershell.exe" | count',
    sql: `SELECT count(*) FROM records WHERE "dstPort" > 1000 AND "application" LIKE '%powershell.exe'`,
  },
  {
    name: 'keywords of the message',
    sumo: '_index=records error _sourceCategory=prod/* | count by _sourceCategory',
    sql: `SELECT "_sourceCategory", count(*) FROM records WHERE regexp_matches("_raw", '(?i)(?:^|[^A-Za-z0-9_])error(?:$|[^A-Za-z0-9_])')
AND lower("_sourceCategory") LIKE 'prod/%' GROUP BY 1`,
  },
  {
    name: 'parse, then aggregate',
    sumo: '_index=records | parse "user=*, bytes=* status=*" as user, bytes, status | sum(bytes) as total by user',
    sql: `WITH parsed AS (SELECT regexp_extract("_raw", '(?is)user=(.*?), bytes=(.*?) status=(.*)', ['user', 'bytes', 'status']) p
FROM records WHERE regexp_matches("_raw", '(?is)user=(.*?), bytes=(.*?) status=(.*)')) SELECT p.user, sum(TRY_CAST(p.bytes AS DOUBLE)) FROM parsed GROUP BY 1`,
  },
  {
    name: 'json paths',
    sumo: '_index=records | json "user.name", "bytes" as user, bytes | avg(bytes) by user',
    sql: `WITH parsed AS (SELECT json_extract_string("_raw", '$.user.name') u, json_extract_string("_raw", '$.bytes') b
FROM (SELECT "_raw" FROM records WHERE json_valid("_raw"))) SELECT u, avg(TRY_CAST(b AS DOUBLE)) FROM parsed WHERE u IS NOT NULL AND b IS NOT NULL GROUP BY 1`,
  },
  {
    name: 'beaconing, hour by hour',
    sumo: `_index=records | where !(dstDevice_ip matches "10.*") | where !(application matches "*chrome.exe")
| timeslice 1h | count as hourly, values(dstPort) as ports by srcDevice_hostname, application, dstDevice_ip, _timeslice
| sum(hourly) as total, count as hours, avg(hourly) as average, stddev(hourly) as deviation by srcDevice_hostname, application, dstDevice_ip
| where total >= 10 and hours >= 2 | if(deviation / average < 0.5, 1, 0) as regular | sort by total`,
    sql: `WITH hourly AS (SELECT "srcDevice_hostname" h, "application" a, "dstDevice_ip" d, ${hour('"_messagetime"')} t, count(*) n
FROM records WHERE NOT coalesce("dstDevice_ip" LIKE '10.%', FALSE) AND NOT coalesce("application" LIKE '%chrome.exe', FALSE) GROUP BY ALL)
SELECT h, a, d, sum(n) total, count(*) active, avg(n) average, coalesce(stddev_samp(n), 0) deviation, CASE WHEN deviation / average < 0.5 THEN 1 ELSE 0 END
FROM hourly GROUP BY ALL HAVING total >= 10 AND active >= 2 ORDER BY total DESC`,
  },
  {
    name: 'slices, distinct and transpose',
    sumo: '_index=records | timeslice 1h | count_distinct(dstDevice_ip) as n by _timeslice, srcDevice_hostname | transpose row _timeslice column srcDevice_hostname',
    sql: `PIVOT (SELECT ${hour('"_messagetime"')} t, "srcDevice_hostname" h, count(DISTINCT "dstDevice_ip") n FROM records GROUP BY ALL) ON h USING any_value(n) GROUP BY t`,
  },
  {
    name: 'outliers of each host',
    sumo: '_index=records | timeslice 15m | sum(bytesOut) as b by _timeslice, srcDevice_hostname | outlier b by srcDevice_hostname | where b_violation = 1',
    sql: `WITH slices AS (SELECT "_messagetime" - "_messagetime" % 900000 t, "srcDevice_hostname" h, sum("bytesOut")::BIGINT b FROM records GROUP BY ALL)
SELECT * FROM (SELECT *, count(b) OVER w n, avg(b) OVER w m, stddev_samp(b) OVER w s, max(t) OVER () newest FROM slices
WINDOW w AS (PARTITION BY h ORDER BY t ROWS BETWEEN 10 PRECEDING AND 1 PRECEDING)) WHERE n > 1 AND t < newest AND abs(b - m) > 3 * s`,
  },
];

const milliseconds = async (work: () => Promise<unknown>, times = 5): Promise<number> => {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    const begin = performance.now();
    await work();
    taken.push(performance.now() - begin);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
};

await using database = await openDatabase();
await load(database.connection);
const engine = openEngine({
  database,
  relations: new Map([['records', { info: { name: 'records', columns }, sql: 'records' }]]),
  catalog: [],
  languages: await loadLanguages(['sumo']),
});

const ratios: number[] = [];
for (const { name, sumo, sql } of cases) {
  const compiled = engine.compile('sumo', sumo, origin);
  if (!compiled.ok) throw new Error(`${name}: ${compiled.diagnostics.map(({ message }) => message).join(' ')}`);
  const ours = await engine.run(compiled.query, { now });
  const theirs = await database.read(sql);
  if (ours.rows.length !== theirs.rows.length)
    throw new Error(`${name}: ${ours.rows.length} rows, by hand ${theirs.rows.length}`);
  const [own, hand] = [
    await milliseconds(() => engine.run(compiled.query, { now })),
    await milliseconds(() => database.read(sql)),
  ];
  ratios.push(own / hand);
  console.log(
    `${name.padEnd(34)} ${own.toFixed(0).padStart(6)} ms  by hand ${hand.toFixed(0).padStart(6)} ms  ${(own / hand).toFixed(2)}`,
  );
}
const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
console.log(`${rows} rows: median ratio ${median.toFixed(2)}`);
if (process.env['SHOW'])
  for (const { sumo } of cases) {
    const c = engine.compile('sumo', sumo, origin);
    if (c.ok) console.log(engine.sql(c.query, { now }), '\n');
  }
