import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { mixedEvent } from './sigma/events.ts';
import { createRandom } from './sigma/random.ts';
import type { Done, Job } from './sigma/worker.ts';

// node bench/sigma.ts [events]: all published Windows rules over generated events. Generating is not counted; decoding is, from NDJSON.
const events = Number(process.argv[2] ?? 1_000_000);

const run = async (job: Job): Promise<Done> => {
  const worker = new Worker(new URL('./sigma/worker.ts', import.meta.url), { workerData: job });
  const [done] = (await once(worker, 'message')) as [Done];
  await worker.terminate();
  return done;
};

const report = (name: string, parts: readonly Done[], timing: 'matchMs' | 'totalMs'): number => {
  const total = parts.reduce((sum, one) => sum + one.events, 0);
  // Threads run side by side: the slowest ends the run.
  const seconds = Math.max(...parts.map((one) => one[timing])) / 1000;
  const rate = total / seconds;
  const sum = (of: (one: Done) => number): number => parts.reduce((all, one) => all + of(one), 0);
  const share = Math.round((100 * sum((one) => one.matchMs)) / sum((one) => one.totalMs));
  console.log(
    `${name}: ${Math.round(rate / 1000)} k events/s, ${parts[0]?.rules} rules, ${sum((one) => one.hits)} hits, ` +
      `${sum((one) => one.distinct)} distinct command lines, compile ${Math.round(Math.max(...parts.map((one) => one.compileMs)))} ms, ` +
      `RSS ${Math.max(...parts.map((one) => one.rssMb))} MB, ${sum((one) => one.disagreements)} disagreements` +
      (timing === 'totalMs' ? `, matching ${share} % of the time` : ''),
  );
  return rate;
};

const base = { events, seed: 7, rules: 1e9, caching: true, file: null } as const;
for (const kind of ['mixed', 'process'] as const) {
  for (const caching of [true, false]) {
    const name = `${kind}, 1 thread, caches ${caching ? 'on' : 'off'}`;
    report(name, [await run({ ...base, kind, caching })], 'matchMs');
  }
  const halves = [1, 2].map((seed) => run({ ...base, kind, seed, events: events / 2 }));
  report(`${kind}, 2 threads`, await Promise.all(halves), 'matchMs');
}
const few = report(
  'process, 500 rules',
  [await run({ ...base, kind: 'process', rules: 500, events: events / 4 })],
  'matchMs',
);
const many = report(
  'process, 2,500 rules',
  [await run({ ...base, kind: 'process', rules: 2500, events: events / 4 })],
  'matchMs',
);
console.log(`from 500 to 2,500 rules the cost grows ${(few / many).toFixed(2)} times`);

const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-'));
try {
  const files = await Promise.all(
    [1, 2].map(async (seed) => {
      const file = join(folder, `${seed}.ndjson`);
      const random = createRandom(seed);
      const out = createWriteStream(file);
      for (let count = 0; count < events / 4; count++) {
        if (!out.write(`${JSON.stringify(mixedEvent(random).fields)}\n`)) await once(out, 'drain');
      }
      out.end();
      await once(out, 'finish');
      return file;
    }),
  );
  const parts = files.map((file) => run({ ...base, kind: 'mixed', file }));
  report('mixed from NDJSON, 2 threads', await Promise.all(parts), 'totalMs');
} finally {
  await rm(folder, { recursive: true });
}
