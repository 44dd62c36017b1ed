import { parentPort, workerData } from 'node:worker_threads';
import type { LogEvent } from '../../src/model/log-event.ts';
import { loadSigma } from '../../src/query/sigma/collection/load-sigma.ts';
import { createSigmaMatcher } from '../../src/query/sigma/match/matcher.ts';
import { createDistinct } from './distinct.ts';
import { mixedEvent, processEvent } from './events.ts';
import { createRandom } from './random.ts';
import { readPublishedRules } from './rules.ts';

export interface Job {
  readonly events: number;
  readonly kind: 'mixed' | 'process';
  readonly seed: number;
  readonly rules: number;
}

export interface Done {
  readonly rules: number;
  readonly events: number;
  readonly hits: number;
  readonly wallMs: number;
  /** Of this thread alone, whatever else the machine did. */
  readonly cpuMs: number;
  /** With no rules at all: what routing and looking at an event's names cost. */
  readonly routeCpuMs: number;
  readonly compileMs: number;
  readonly distinct: readonly string[];
  readonly rssMb: number;
  readonly disagreements: number;
}

const job = workerData as Job;
const all = loadSigma(await readPublishedRules()).rules.filter(({ logsource }) => logsource.product === 'windows');
// Evenly from all folders: the first few hundred would be of other sources than processes.
const share = Math.min(1, job.rules / all.length);
const rules = all.filter((_, index) => Math.floor((index + 1) * share) > Math.floor(index * share));
const random = createRandom(job.seed);
const make = job.kind === 'mixed' ? mixedEvent : processEvent;
const matcher = createSigmaMatcher(rules);
const router = createSigmaMatcher([]);

/** As a decoder leaves it: with texts in one piece, which those that were just put together are not. */
const parsed = (event: LogEvent): LogEvent => ({
  ...event,
  fields: JSON.parse(JSON.stringify(event.fields)) as LogEvent['fields'],
});

const cpuMs = (work: () => void): number => {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};

// Routes are compiled at the first events of their source; what that takes is said apart.
const warm = createRandom(1);
const compileMs = cpuMs(() => {
  for (let count = 0; count < 6000; count++) matcher.match(make(warm));
});

let hits = 0;
let wallMs = 0;
let matchCpuMs = 0;
let routeCpuMs = 0;
const distinct = ['CommandLine', 'Image', 'User', 'TargetFilename'].map((name) => ({ name, values: createDistinct() }));
const size = 2000;
for (let done = 0; done < job.events; done += size) {
  const batch = Array.from({ length: Math.min(size, job.events - done) }, () => parsed(make(random)));
  for (const { fields } of batch)
    for (const { name, values } of distinct) if (fields[name] !== undefined) values.add(String(fields[name]));
  routeCpuMs += cpuMs(() => {
    for (const event of batch) router.match(event);
  });
  const start = performance.now();
  matchCpuMs += cpuMs(() => {
    for (const event of batch) hits += matcher.match(event).length;
  });
  wallMs += performance.now() - start;
}
const done: Done = {
  rules: rules.length,
  events: job.events,
  hits,
  wallMs,
  cpuMs: matchCpuMs,
  routeCpuMs,
  compileMs,
  distinct: distinct.map(({ name, values }) => `${values.count()} ${name}`),
  rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
  disagreements: matcher.disagreements.length,
};
parentPort?.postMessage(done);
