import type { HuntHit, HuntRule, HuntSummary } from '../../model/hunt.ts';
import { hitCsvHeader, hitCsvLine } from '../../report/hunt/hit-csv.ts';
import { hitDocument } from '../../report/hunt/hit-document.ts';
import { renderHunt } from '../../report/hunt/render-hunt.ts';
import { summaryDocument } from '../../report/hunt/summary-document.ts';
import type { CommandContext } from '../context.ts';

export const huntFormats = ['table', 'json', 'ndjson', 'csv'] as const;

export type HuntFormat = (typeof huntFormats)[number];

/** Hits as they are found: only the table waits for the end. */
export interface HuntOutput {
  /** Hits of each rule that are wanted. */
  readonly keep: number;
  add(hit: HuntHit): void;
  end(summary: HuntSummary): Promise<void>;
}

export const createHuntOutput = (format: HuntFormat, examples: number, context: CommandContext): HuntOutput =>
  format === 'table' ? createTable(examples, context) : createStream(format, context);

const createTable = (examples: number, { screen }: CommandContext): HuntOutput => {
  const kept = new Map<HuntRule, HuntHit[]>();
  return {
    keep: examples,
    add: (hit) => {
      const before = kept.get(hit.rule);
      if (before === undefined) kept.set(hit.rule, [hit]);
      else before.push(hit);
    },
    end: (summary) => {
      screen.print(renderHunt(screen, summary, kept));
      return Promise.resolve();
    },
  };
};

interface Stream {
  readonly start: string;
  hit(hit: HuntHit, isFirst: boolean): string;
  end(summary: HuntSummary): string;
}

const streams: Readonly<Record<Exclude<HuntFormat, 'table'>, Stream>> = {
  ndjson: { start: '', hit: (hit) => `${JSON.stringify(hitDocument(hit))}\n`, end: () => '' },
  csv: { start: hitCsvHeader, hit: hitCsvLine, end: () => '' },
  json: {
    start: '{"schemaVersion":1,"kind":"hunt","hits":[',
    hit: (hit, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(hitDocument(hit))}`,
    end: (summary) => `\n],"summary":${JSON.stringify(summaryDocument(summary), null, 2)}}\n`,
  },
};

const createStream = (format: Exclude<HuntFormat, 'table'>, { stdout }: CommandContext): HuntOutput => {
  const stream = streams[format];
  let hits = 0;
  let isFull = false;
  const write = (text: string): void => {
    if (text !== '') isFull = stdout.write(text) === false;
  };
  write(stream.start);
  return {
    keep: Infinity,
    add: (hit) => {
      write(stream.hit(hit, hits++ === 0));
    },
    end: async (summary) => {
      write(stream.end(summary));
      // The process ends after this: what a slow reader has not taken would be lost.
      if (isFull && stdout.once !== undefined)
        await new Promise<void>((done) => void stdout.once?.('drain', () => done()));
    },
  };
};
