// Events per second of the EVTX parser, warm, one thread, on the corpus's own files.
// node bench/evtx.ts [rounds]      TOCSIN_CORPUS: folder of the shared corpus
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEvtx } from '../src/formats/evtx/read-evtx.ts';
import { createLogLosses } from '../src/formats/log/losses.ts';
import { createSources } from '../src/formats/log/sources.ts';

const rounds = Number(process.argv[2] ?? 15);
const corpus = join(process.env['TOCSIN_CORPUS'] ?? '../shared/data', 'sigma');

const readCorpus = async (): Promise<readonly Buffer[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-evtx-'));
  try {
    for (const archive of ['evtx-samples.tar.gz', 'regression-evtx.tar.gz']) {
      execFileSync('tar', ['-xzf', join(corpus, archive), '-C', folder]);
    }
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.evtx')).sort();
    return await Promise.all(names.map((name) => readFile(join(folder, name))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const once = async function* (bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
};

interface Round {
  readonly events: number;
  readonly ms: number;
  readonly cpuMs: number;
}

const measure = async (files: readonly Buffer[]): Promise<Round> => {
  const began = performance.now();
  const cpuBegan = process.cpuUsage();
  const context = { file: 'bench', sourceOf: createSources(), losses: createLogLosses('evtx') };
  let events = 0;
  for (const bytes of files) {
    for await (const batch of readEvtx(once(bytes), context)) {
      events += batch.length;
    }
  }
  const cpu = process.cpuUsage(cpuBegan);
  return { events, ms: performance.now() - began, cpuMs: (cpu.user + cpu.system) / 1000 };
};

const rate = ({ events, ms }: Round): number => Math.round(events / (ms / 1000));
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const shown = (value: number): string => value.toLocaleString('en');

const report = async (name: string, files: readonly Buffer[]): Promise<void> => {
  const cold = await measure(files);
  for (let round = 0; round < rounds; round++) await measure(files);
  const warm: number[] = [];
  let events = 0;
  let cpuMs = 0;
  for (let round = 0; round < rounds; round++) {
    const measured = await measure(files);
    warm.push(rate(measured));
    events += measured.events;
    cpuMs += measured.cpuMs;
  }
  const bytes = files.reduce((sum, file) => sum + file.length, 0);
  console.log(
    `${name}: ${files.length} files, ${shown(cold.events)} events, ${(bytes / 1e6).toFixed(1)} MB; ` +
      `first ${shown(rate(cold))}, warm median ${shown(median(warm))} events/s ` +
      `(slowest ${shown(Math.min(...warm))}, fastest ${shown(Math.max(...warm))}); ` +
      `${shown(Math.round(events / (cpuMs / 1000)))} per second of processor, collector included`,
  );
};

const files = await readCorpus();
await report('every file, most with one chunk and a handful of events', files);
const long: Buffer[] = [];
for (const file of files) if ((await measure([file])).events >= 40) long.push(file);
await report('files with at least 40 events, as a real log has them', long);
