import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { findLogFiles } from '../../src/api/log-sources/find-files.ts';
import { planParts } from '../../src/api/log-sources/plan-parts.ts';
import { readPart } from '../../src/api/log-sources/read-part.ts';
import { huntParts } from '../../src/api/hunt/start-hunters.ts';
import { createSources } from '../../src/formats/log/sources.ts';
import { loadSigma } from '../../src/query/sigma/collection/load-sigma.ts';
import { hitDocument } from '../../src/report/hunt/hit-document.ts';
import { describeRule } from '../../src/api/hunt/describe-rule.ts';
import type { SigmaRule } from '../../src/query/sigma/rule/rule.ts';
import { mixedEvent } from './events.ts';
import { createRandom } from './random.ts';
import { readPublishedRules } from './rules.ts';

/** Writes events as lines of JSON, and gives the file. */
export const writeEvents = async (folder: string, events: number): Promise<string> => {
  const file = join(folder, 'events.ndjson');
  const random = createRandom(3);
  const out = createWriteStream(file);
  for (let count = 0; count < events; count++)
    if (!out.write(`${JSON.stringify(mixedEvent(random).fields)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  return file;
};

const cpuMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** Only reading: what decoding is of a hunt. */
export const decodeFile = async (file: string) => {
  const start = process.cpuUsage();
  let events = 0;
  for (const part of await planParts(await findLogFiles([file])))
    for await (const batch of readPart(part, { sourceOf: createSources() })) events += batch.length;
  return { events, cpuMs: cpuMs(start) };
};

export const windowsRules = async (): Promise<readonly SigmaRule[]> =>
  loadSigma(await readPublishedRules()).rules.filter(({ logsource }) => logsource.product === 'windows');

/** From the file to hits as lines of JSON, threads and compilation included, the loading of rules not. */
export const huntFile = async (file: string, threads: number, loaded: readonly SigmaRule[]) => {
  const rules = loaded.map((rule) => ({ rule, reported: true, correlated: false }));
  const parts = await planParts(await findLogFiles([file]));
  const setup = { rules, correlatedFields: [], from: null, to: null, keep: Infinity, verify: false };
  const start = process.cpuUsage();
  const began = performance.now();
  let events = 0;
  let hits = 0;
  let storeMs = 0;
  for await (const result of huntParts(setup, parts, { threads, onBytes: () => undefined, signal: undefined })) {
    events += result.events;
    const storing = performance.now();
    for (const { rule, event, selections } of result.hits) {
      const described = loaded[rule];
      if (described === undefined) continue;
      const { source, fields, time, origin } = event;
      hits +=
        JSON.stringify(
          hitDocument({ kind: 'event', rule: describeRule(described), ...origin, time, source, selections, fields }),
        ).length > 0
          ? 1
          : 0;
    }
    storeMs += performance.now() - storing;
  }
  return {
    events,
    hits,
    wallMs: performance.now() - began,
    cpuMs: cpuMs(start),
    storeMs,
    rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
  };
};
