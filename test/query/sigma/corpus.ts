import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import type { Context } from 'mocha';
import { extract } from 'tar-stream';
import { readEvtx } from '../../../src/formats/evtx/read-evtx.ts';
import { createLogLosses } from '../../../src/formats/log/losses.ts';
import { createSources } from '../../../src/formats/log/sources.ts';
import type { LogEvent } from '../../../src/model/log-event.ts';
import type { SigmaCollection } from '../../../src/query/sigma/collection/collection.ts';
import { loadSigma } from '../../../src/query/sigma/collection/load-sigma.ts';

const corpus = join(process.env['TOCSIN_CORPUS'] ?? resolve(import.meta.dirname, '../../../../shared/data'), 'sigma');

/** Skips a suite where there is no corpus, unless there has to be one. */
export const requireCorpus = (context: Context): void => {
  if (existsSync(corpus)) return;
  if (process.env['TOCSIN_REQUIRE_CORPUS'] === '1') throw new Error(`no corpus at ${corpus}`);
  context.skip();
};

async function* entriesOf(archive: string): AsyncGenerator<{ readonly name: string; readonly data: Buffer }> {
  const unpacked = createReadStream(join(corpus, archive)).pipe(createGunzip()).pipe(extract());
  for await (const entry of unpacked) yield { name: entry.header.name, data: await buffer(entry) };
}

export const readPublishedRules = async (): Promise<SigmaCollection> => {
  const files: { file: string; text: string }[] = [];
  for await (const { name, data } of entriesOf('sigmahq-rules.tar.gz'))
    if (name.endsWith('.yml')) files.push({ file: name, text: data.toString('utf8') });
  return loadSigma(files);
};

const sourceOf = createSources();

export const eventsOf = async (file: string, data: Buffer): Promise<readonly LogEvent[]> => {
  const events: LogEvent[] = [];
  const context = { file, sourceOf, losses: createLogLosses(file) };
  for await (const batch of readEvtx(Readable.from([data]), context)) events.push(...batch);
  return events;
};

export interface Regression {
  readonly rule_id: string;
  readonly expected_match_count: number | null;
  readonly min_match: number;
  readonly evtx: string;
}

/** The published samples, each with the rule that it is of. */
export const readRegressions = async (): Promise<
  readonly { readonly of: Regression; readonly events: readonly LogEvent[] }[]
> => {
  const samples = new Map<string, Buffer>();
  for await (const { name, data } of entriesOf('regression-evtx.tar.gz')) samples.set(name, data);
  const lines = readFileSync(join(corpus, 'regression.ndjson'), 'utf8').trim().split('\n');
  return await Promise.all(
    lines
      .map((line) => JSON.parse(line) as Regression)
      .map(async (of) => ({ of, events: await eventsOf(of.evtx, samples.get(of.evtx) ?? Buffer.alloc(0)) })),
  );
};

/** The events of all samples, file by file. */
export async function* readSamples(): AsyncGenerator<{
  readonly name: string;
  readonly events: readonly LogEvent[];
}> {
  for (const archive of ['evtx-samples.tar.gz', 'regression-evtx.tar.gz'])
    for await (const { name, data } of entriesOf(archive))
      if (name.endsWith('.evtx')) yield { name, events: await eventsOf(name, data) };
}
