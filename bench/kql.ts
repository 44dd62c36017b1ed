/**
 * Time of KQL: the three queries of the seeds and ten typical detections over generated rows against hand-written SQL that gives the
 * same rows in the same run; then compiling, and a fresh engine per case. Nothing outside the database can be reached.
 * `node bench/kql.ts [rows] [case…]`, default 1,000,000 rows a table and all cases.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadLanguages } from '../src/query/languages.ts';
import { openEngine } from '../src/query/open-engine.ts';
import { loadCatalog } from '../src/telemetry/catalog.ts';
import { openDatabase } from '../src/telemetry/database.ts';
import { rowsOfArray } from '../src/api/data/rows-of-array.ts';
import { createSession } from '../src/api/engine/session.ts';
import { difference } from './kql/same-rows.ts';
import { seedCases } from './kql/seed-cases.ts';
import { createTables, relationsOf } from './kql/tables.ts';
import { typicalCases } from './kql/typical-cases.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const wanted = process.argv.slice(3);
const origin = { file: 'bench.kql', line: 1, column: 1 };
const now = Date.UTC(2026, 10, 20, 13) * 1000;
const memoryLimit = `${Math.max(2, Math.ceil(rows / 1_000_000))}GB`;

const milliseconds = async (work: () => Promise<unknown>, times: number): Promise<readonly number[]> => {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return taken.toSorted((a, b) => a - b);
};

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const languages = await loadLanguages(['kql']);
const catalog = loadCatalog(['sentinel', 'defender']);
await using database = await openDatabase({ memoryLimit, load: (connection) => createTables(connection, rows) });
const engine = openEngine({ database, relations: relationsOf(rows), catalog, languages });

const coldStart = performance.now();
engine.compile('kql', 'print 1', origin);
console.log(`first compile, cold: ${(performance.now() - coldStart).toFixed(0)} ms`);

const ratios: number[] = [];
for (const { name, kql, sql } of [...seedCases, ...typicalCases]) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  const compiled = engine.compile('kql', kql, origin);
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
  const compile = at(await milliseconds(() => Promise.resolve(engine.compile('kql', kql, origin)), 11), 0.5);
  const result = await engine.run(compiled.query, { now });
  const differs = difference(result.rows, (await database.read(sql)).rows);
  // In turns, so that whatever else the machine does meets both.
  const [ours, byHand]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 5; turn++) {
    ours.push(...(await milliseconds(() => engine.run(compiled.query, { now }), 1)));
    byHand.push(...(await milliseconds(() => database.read(sql), 1)));
  }
  const [mine, theirs] = [ours, byHand].map((times) =>
    at(
      times.toSorted((a, b) => a - b),
      0.5,
    ),
  ) as [number, number];
  ratios.push(mine / theirs);
  const what = differs === null ? `${result.rows.length} rows, the same` : `NOT THE SAME: ${differs}`;
  console.log(
    `${name}: ${mine.toFixed(1)} ms, by hand ${theirs.toFixed(1)} ms, ratio ${(mine / theirs).toFixed(2)}, compile ${compile.toFixed(1)} ms; ${what}`,
  );
}
const memory = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  `ratio: median ${at(
    ratios.toSorted((a, b) => a - b),
    0.5,
  ).toFixed(
    2,
  )}, worst ${Math.max(...ratios).toFixed(2)}; ${rows} rows a table, DuckDB limited to ${memoryLimit}, process at most ${memory} MB`,
);

const one = [{ TimeGenerated: '2026-11-20T12:00:00Z', UserPrincipalName: 'ana@example.com', ResultType: '50126' }];
const fresh = await milliseconds(async () => {
  await using own = await openDatabase();
  const session = createSession(own, catalog, languages);
  await session.load('SigninLogs', rowsOfArray(one));
  await session.query('kql', 'SigninLogs | where ResultType == "50126" | count', origin, { now });
}, 31);
console.log(`fresh engine, a table of the catalog with a row, and a query: ${at(fresh, 0.5).toFixed(1)} ms`);

const shared = await milliseconds(async () => {
  const session = createSession(database, catalog, languages);
  await session.load('SigninLogs', rowsOfArray(one));
  await session.query('kql', 'SigninLogs | where ResultType == "50126" | count', origin, { now });
  await session.clear();
}, 31);
console.log(`fresh session in a database that is open: ${at(shared, 0.5).toFixed(1)} ms`);

const corpus = resolve(
  process.env['TOCSIN_CORPUS'] ?? resolve(import.meta.dirname, '../../shared/data'),
  'kql/realworld-queries.ndjson',
);
if (wanted.length === 0 && existsSync(corpus)) {
  const texts = readFileSync(corpus, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly query: string }).query);
  const taken: number[] = [];
  for (const text of texts)
    taken.push(...(await milliseconds(() => Promise.resolve(engine.compile('kql', text, origin)), 1)));
  const sorted = taken.toSorted((a, b) => a - b);
  console.log(
    `compile ${texts.length} published queries: p50 ${at(sorted, 0.5).toFixed(1)} ms, p95 ${at(sorted, 0.95).toFixed(1)} ms, max ${at(sorted, 1).toFixed(0)} ms`,
  );
}
