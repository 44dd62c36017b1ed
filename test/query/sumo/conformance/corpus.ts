import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = join(process.env['TOCSIN_CORPUS'] ?? resolve(import.meta.dirname, '../../../../../shared/data'), 'sumo');

/** Whether the corpus is there; where it has to be and is not, that is an error. */
export const hasCorpus = (): boolean => {
  if (existsSync(folder)) return true;
  if (process.env['TOCSIN_REQUIRE_CORPUS'] === '1') throw new Error(`${folder} is missing`);
  return false;
};

const lines = <T>(file: string): readonly T[] =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

/** A query that a vendor ships. */
export const vendorQueries = (): readonly string[] =>
  lines<{ readonly query: string }>('vendor-queries.ndjson').map(({ query }) => query);

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** An example of Sumo's documentation. */
export interface DocumentedCase {
  readonly id: string;
  readonly kind: 'scalar' | 'row-expr' | 'matches' | 'parse' | 'pipeline' | 'syntax';
  readonly query: string;
  readonly expected: unknown;
  readonly input?: readonly (string | Row)[];
  readonly tolerance?: number;
}

export const documentedCases = (): readonly DocumentedCase[] => lines('cases.ndjson');

/** A test of another tool with a language like Sumo's: messages, and what it prints. */
export interface SimilarCase {
  readonly id: string;
  readonly query: string;
  readonly input: string;
  readonly expectedText: string;
  readonly error: string | null;
}

export const similarCases = (): readonly SimilarCase[] => lines('cases-similar.ndjson');
