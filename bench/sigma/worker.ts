import { parentPort, workerData } from 'node:worker_threads';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { LogEvent, LogSource } from '../../src/model/log-event.ts';
import { loadSigma } from '../../src/query/sigma/collection/load-sigma.ts';
import { createSigmaMatcher } from '../../src/query/sigma/match/matcher.ts';
import { mixedEvent, processEvent } from './events.ts';
import { createRandom } from './random.ts';
import { readPublishedRules } from './rules.ts';

export interface Job {
  readonly events: number;
  readonly kind: 'mixed' | 'process';
  readonly seed: number;
  readonly rules: number;
  readonly caching: boolean;
  /** Reads events from here, lines of JSON, instead of generating them. */
  readonly file: string | null;
}

export interface Done {
  readonly rules: number;
  readonly events: number;
  readonly hits: number;
  readonly matchMs: number;
  readonly totalMs: number;
  readonly compileMs: number;
  readonly distinct: number;
  readonly rssMb: number;
  readonly disagreements: number;
}

const job = workerData as Job;
const loaded = loadSigma(await readPublishedRules());
const all = loaded.rules.filter(({ logsource }) => logsource.product === 'windows');
// Evenly from all folders: the first few hundred would be of other sources than processes.
const share = Math.min(1, job.rules / all.length);
const windows = all.filter((_, index) => Math.floor((index + 1) * share) > Math.floor(index * share));
const random = createRandom(job.seed);
const make = job.kind === 'mixed' ? mixedEvent : processEvent;
const matcher = createSigmaMatcher(windows, { caching: job.caching });

// Routes are compiled at the first event of their source; what that takes is said apart.
const compileStart = performance.now();
const warm = createRandom(1);
for (let count = 0; count < 2000; count++) matcher.match(make(warm));
const compileMs = performance.now() - compileStart;

let hits = 0;
let events = 0;
let matchMs = 0;
const lines = new Set<string>();
const match = (batch: readonly LogEvent[]): void => {
  const start = performance.now();
  for (const event of batch) hits += matcher.match(event).length;
  matchMs += performance.now() - start;
  events += batch.length;
};

const start = performance.now();
if (job.file === null) {
  const size = 5000;
  for (let done = 0; done < job.events; done += size) {
    const batch = Array.from({ length: size }, () => make(random));
    for (const { fields } of batch) if (typeof fields['CommandLine'] === 'string') lines.add(fields['CommandLine']);
    match(batch);
  }
} else {
  const sources = new Map<string, LogSource>();
  let batch: LogEvent[] = [];
  for await (const line of createInterface({ input: createReadStream(job.file, { highWaterMark: 1 << 20 }) })) {
    const fields = JSON.parse(line) as LogEvent['fields'];
    const key = `${String(fields['Channel'])}/${String(fields['EventID'])}`;
    let source = sources.get(key);
    if (source === undefined) {
      source = {
        product: 'windows',
        service: null,
        category: null,
        channel: String(fields['Channel']),
        provider: null,
        eventId: Number(fields['EventID']),
      };
      sources.set(key, source);
    }
    batch.push({ source, time: null, fields, origin: { file: job.file, record: events + batch.length + 1 } });
    if (batch.length === 5000) {
      match(batch);
      batch = [];
    }
  }
  match(batch);
}
const done: Done = {
  rules: windows.length,
  events,
  hits,
  matchMs,
  totalMs: performance.now() - start,
  compileMs,
  distinct: lines.size,
  rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
  disagreements: matcher.disagreements.length,
};
parentPort?.postMessage(done);
