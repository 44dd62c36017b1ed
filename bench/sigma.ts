import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { calibrate } from './sigma/calibrate.ts';
import { decodeFile, huntFile, windowsRules, writeEvents } from './sigma/hunt-files.ts';
import type { Done, Job } from './sigma/worker.ts';

// node bench/sigma.ts [events]: all published Windows rules over generated events, of which three in a thousand processes do what rules
// are about. Generating is not counted. `per core` is events by processor time: what a core does that nobody else uses.
const events = Number(process.argv[2] ?? 1_000_000);

const run = async (job: Job): Promise<Done> => {
  const worker = new Worker(new URL('./sigma/worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
  const [done] = (await once(worker, 'message')) as [Done];
  await worker.terminate();
  return done;
};

const k = (value: number): string => `${Math.round(value / 1000)} k`;

const report = (name: string, parts: readonly Done[]): number => {
  const sum = (of: (one: Done) => number): number => parts.reduce((all, one) => all + of(one), 0);
  const total = sum((one) => one.events);
  // Threads run side by side: the slowest ends the run.
  const wall = total / (Math.max(...parts.map((one) => one.wallMs)) / 1000);
  const core = total / (sum((one) => one.cpuMs) / 1000);
  console.log(
    `${name}: ${k(wall)} events/s, ${k(core)} per core, routing ${Math.round((100 * sum((one) => one.routeCpuMs)) / sum((one) => one.cpuMs))} % of it; ` +
      `${parts[0]?.rules} rules, ${sum((one) => one.hits)} hits, distinct: ${parts.map((one) => one.distinct.join(', ')).join(' / ')}; ` +
      `compile ${Math.round(Math.max(...parts.map((one) => one.compileMs)))} ms, RSS ${Math.max(...parts.map((one) => one.rssMb))} MB, ` +
      `${sum((one) => one.disagreements)} disagreements; calibration ${calibrate().toFixed(2)} ns`,
  );
  return core;
};

// Nothing is remembered of a value from one event to the next, so that there is no cache to switch off.
const base = { events, seed: 7, rules: 1e9 } as const;
for (const kind of ['mixed', 'process'] as const) {
  report(`${kind}, 1 thread`, [await run({ ...base, kind })]);
  const halves = [1, 2].map((seed) => run({ ...base, kind, seed, events: events / 2 }));
  report(`${kind}, 2 threads`, await Promise.all(halves));
}
const few = report('process, 500 rules', [await run({ ...base, kind: 'process', rules: 500, events: events / 4 })]);
const many = report('process, 2,500 rules', [await run({ ...base, kind: 'process', rules: 2500, events: events / 4 })]);
console.log(`from 500 to 2,500 rules the cost grows ${(few / many).toFixed(2)} times`);

const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-'));
try {
  const file = await writeEvents(folder, events);
  const rules = await windowsRules();
  const decoded = await decodeFile(file);
  const routed = await huntFile(file, 1, []);
  for (const threads of [1, 2]) {
    const { events: read, hits, wallMs, cpuMs, storeMs, rssMb } = await huntFile(file, threads, rules);
    const share = (ms: number): string => `${Math.round((100 * ms) / cpuMs)} %`;
    console.log(
      `mixed from NDJSON, ${threads} threads: ${k(read / (wallMs / 1000))} events/s, ${k(read / (cpuMs / 1000))} per core; ${hits} hits; ` +
        `decoding ${share(decoded.cpuMs)}, routing and counting ${share(routed.cpuMs - decoded.cpuMs)}, storing ${share(storeMs)}, ` +
        `matching and starting ${share(cpuMs - routed.cpuMs - storeMs)}; RSS ${rssMb} MB; calibration ${calibrate().toFixed(2)} ns`,
    );
  }
} finally {
  await rm(folder, { recursive: true });
}
