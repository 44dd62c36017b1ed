import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the real engine answered to a query. */
export interface EngineCase {
  readonly id: string;
  /** A documentation page, or a group of generated queries. */
  readonly family: string;
  readonly query: string;
  readonly expected: Expected;
}

export type Expected =
  | {
      readonly kind: 'json';
      readonly columns: readonly string[];
      readonly types: readonly string[];
      readonly rows: readonly (readonly unknown[])[];
    }
  | {
      readonly kind: 'text';
      readonly columns: readonly string[];
      readonly rows: readonly string[];
      readonly rowCount: number;
    }
  | { readonly kind: 'error' };

interface JsonRecord {
  readonly id: string;
  readonly page: string;
  readonly query: string;
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly nondeterministic: boolean;
}

interface TextRecord {
  readonly id: string;
  readonly family: string;
  readonly query: string;
  readonly kusto: {
    readonly columns: readonly string[];
    readonly rowCount: number;
    readonly sampleRows: readonly string[];
    readonly error: string | null;
  };
}

export const corpusFolder = process.env['TOCSIN_CORPUS'] ?? resolve(import.meta.dirname, '../../../../shared/data');

export const hasCorpus = (): boolean => existsSync(join(corpusFolder, 'kql/engine-cases.ndjson'));

const readLines = <T>(file: string): readonly T[] =>
  readFileSync(join(corpusFolder, 'kql', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

/** Answers that depend on chance, on the moment, or on the machine that gave them. */
const dependsOnTheMoment =
  /\b(rand|new_guid|now|ago|current_\w+|cursor_\w+|ingestion_time|estimate_data_size|dcount_hll)\s*\(|\|\s*sample\b|sample-distinct/;

/** Outside what this project claims: geography and graphs. */
const outside = /^(geo-|geospatial|graph-)/;

export const jsonCases = (): readonly EngineCase[] =>
  readLines<JsonRecord>('engine-cases.ndjson')
    .filter(({ nondeterministic, query }) => !nondeterministic && !dependsOnTheMoment.test(query))
    .map(({ id, page, query, columns, types, rows }) => ({
      id,
      family: page.replace(/^query\/|\.md$/g, ''),
      query,
      expected: { kind: 'json', columns, types, rows },
    }));

export const isInScope = ({ family }: EngineCase): boolean => !outside.test(family);

export const textCases = (): readonly EngineCase[] =>
  readLines<TextRecord>('engine-cases-text.ndjson')
    .filter(({ query }) => !dependsOnTheMoment.test(query))
    .map(({ id, family, query, kusto }) => ({
      id,
      family,
      query,
      expected:
        kusto.error === null
          ? { kind: 'text', columns: kusto.columns, rows: kusto.sampleRows, rowCount: kusto.rowCount }
          : { kind: 'error' },
    }));
