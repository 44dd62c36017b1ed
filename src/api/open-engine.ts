import { resolve } from 'node:path';
import type { EnvironmentInput } from '../content/environment/schema.ts';
import type { HuntHit, HuntSummary } from '../model/hunt.ts';
import type { Language } from '../model/detection.ts';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { ColumnInfo } from '../model/table.ts';
import { loadLanguages } from '../query/languages.ts';
import { openDatabase } from '../telemetry/database.ts';
import { microsOf } from '../util/iso-time.ts';
import { loadSchemas, defaultSchemas } from './data/load-schemas.ts';
import { openRows } from './data/open-rows.ts';
import { rowsOfArray } from './data/rows-of-array.ts';
import { explainQuery, type QueryExplanation } from './engine/explain-query.ts';
import type { QueryOutcome } from './engine/outcome.ts';
import { createSession, type LoadedTable } from './engine/session.ts';
import {
  emptyEnvironment,
  loadEnvironmentFile,
  loadEnvironmentValue,
  type LoadedEnvironment,
} from './fixtures/load-environment.ts';
import { runHunt } from './hunt/run-hunt.ts';
import type { HuntSettings } from './hunt/settings.ts';

export interface EngineSettings {
  /** Tables that a query may name without data: `sentinel`, `defender`, `none`, or files, with commas between. Default `sentinel,defender`. */
  readonly schemas?: string;
  /**
   * What queries find beside tables: saved functions, watchlists and the like, as in `environments/*.yaml`: a file, or its content
   * (files that it names are looked for in the working directory).
   */
  readonly environment?: string | EnvironmentInput;
  /** What `now()` and `ago()` hang on: a date, or ISO 8601. Default: the clock, read once. */
  readonly now?: Date | string;
  /** Milliseconds that one query may take. Default: no limit. */
  readonly timeLimit?: number;
}

export interface LoadSettings {
  /** Names and types, in place of the catalog's and of those that the data shows. */
  readonly columns?: readonly ColumnInfo[];
}

/** Queries of every language over tables that you bring. */
export interface QueryEngine extends AsyncDisposable {
  /**
   * Fills a table from rows (objects) or from a file (NDJSON, JSON, CSV, TSV, Parquet, by its extension). A table of the catalog keeps
   * its columns and types; the types of others show in the data. Throws HarnessError `data/…` for a file that cannot be read.
   */
  load(
    table: string,
    rowsOrFile: readonly Readonly<Record<string, unknown>>[] | string,
    settings?: LoadSettings,
  ): Promise<LoadedTable>;
  /** Rows, or what is wrong with the query: nothing is thrown for that. A text of Sumo's may be a Cloud SIEM rule, as YAML or JSON. */
  query(language: Language, text: string): Promise<QueryOutcome>;
  /** The plan, the SQL, where the rows went, and what kept the query from giving any. */
  explain(language: Language, text: string): Promise<QueryExplanation>;
  /** Runs Sigma rules over logs; both are files and folders. All hits are in the answer: `onHit` in place of them where they are many. */
  hunt(detections: readonly string[], data: readonly string[], settings?: HuntOptions): Promise<HuntAnswer>;
  close(): void;
}

export type HuntOptions = Omit<HuntSettings, 'detections' | 'data'>;

export interface HuntAnswer {
  /** Empty when `onHit` heard of them. */
  readonly hits: readonly HuntHit[];
  readonly summary: HuntSummary;
}

const origin = { file: 'query', line: 1, column: 1 };

/** Opens a sealed database in memory: queries reach neither files nor the network. */
export const openEngine = async (settings: EngineSettings = {}): Promise<QueryEngine> => {
  const now = nowOf(settings.now ?? new Date());
  const catalog = await loadSchemas(settings.schemas ?? defaultSchemas);
  const database = await openDatabase();
  const environment = await environmentOf(settings.environment);
  const session = createSession(database, catalog, await loadLanguages(), environment.functions);
  for (const { table, source, columns } of environment.tables) await session.load(table, source, columns);
  const run = { now, ...(settings.timeLimit === undefined ? {} : { timeLimit: settings.timeLimit }) };
  return {
    load: async (table, data, { columns } = {}) =>
      await session.load(table, typeof data === 'string' ? openRows(data) : rowsOfArray(data, columns), columns),
    query: (language, text) => session.query(language, text, origin, run),
    explain: (language, text) => explainQuery(session, language, text, origin, run),
    hunt: async (detections, data, options = {}) => {
      const hits: HuntHit[] = [];
      const onHit = (hit: HuntHit): void => void hits.push(hit);
      const summary = await runHunt({ onHit, ...options, detections, data });
      return { hits, summary };
    },
    close: () => {
      database.close();
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
};

const environmentOf = async (given: EngineSettings['environment']): Promise<LoadedEnvironment> => {
  if (given === undefined) return emptyEnvironment;
  if (typeof given !== 'string') return loadEnvironmentValue(given, process.cwd());
  return loadEnvironmentFile({ path: resolve(given), shown: given });
};

/** Microseconds of a moment. Throws HarnessError `query/invalid-now`. */
export const nowOf = (now: Date | string): number => {
  const text = typeof now === 'string' ? now : now.toISOString();
  const micros = /^\d{4}-\d\d-\d\d/.test(text) ? microsOf(withZone(text)) : Number.NaN;
  if (Number.isFinite(micros)) return micros;
  throw new HarnessError(`${JSON.stringify(text)} is no moment`, {
    code: 'query/invalid-now',
    exitCode: exitCode.usage,
    hint: 'write it as 2026-11-20T16:00:00Z',
  });
};

/** A moment without a zone is in UTC, as everywhere here. */
const withZone = (text: string): string =>
  /T|\s\d/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? `${text.replace(' ', 'T')}Z` : text;
