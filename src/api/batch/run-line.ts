import { isError } from '../../model/diagnostic.ts';
import type { Micros } from '../../model/event.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { TableInfo } from '../../model/table.ts';
import type { Languages } from '../../query/languages.ts';
import type { Database } from '../../telemetry/database.ts';
import { rowsOfArray } from '../data/rows-of-array.ts';
import { createSession } from '../engine/session.ts';
import { nowOf } from '../open-engine.ts';
import { environmentOf } from '../../content/environment/parse-environment.ts';
import { emptyEnvironment, loadEnvironment, type LoadedEnvironment } from '../fixtures/load-environment.ts';
import { answerOf, failed, type Answer } from './answer.ts';
import { parseBatchLine, type BatchId, type BatchLine } from './batch-line.ts';

export interface LineSettings {
  readonly database: Database;
  readonly catalog: readonly TableInfo[];
  readonly languages: Languages;
  /** For all lines; a line's own stands before it. */
  readonly environment: LoadedEnvironment;
  /** For lines that say no `now` of their own. */
  readonly now: Micros;
  /** Milliseconds that one query may take. */
  readonly timeLimit: number;
}

/** Answers one line of a batch. Its tables are its own: no other line sees them, and they are gone afterwards. */
export const runLine = async (text: string, settings: LineSettings): Promise<Answer> => {
  const parsed = parseBatchLine(text);
  if (!parsed.ok) return failed(parsed.id, parsed.code, parsed.message);
  const id = parsed.line.id ?? null;
  try {
    return await runParsed(id, parsed.line, settings);
  } catch (error) {
    // One line's misfortune is not the batch's.
    if (error instanceof HarnessError) return failed(id, error.code, error.message);
    return failed(id, 'query/internal', error instanceof Error ? error.message : String(error));
  }
};

const runParsed = async (id: BatchId, line: BatchLine, settings: LineSettings): Promise<Answer> => {
  const { database, catalog, languages, timeLimit } = settings;
  const now = line.now === undefined ? settings.now : nowOf(line.now);
  const own =
    line.environment === undefined ? emptyEnvironment : await loadEnvironment(environmentOf(line.environment), null);
  const { environment } = settings;
  const session = createSession(database, catalog, languages, [...own.functions, ...environment.functions]);
  try {
    const warnings: string[] = [];
    for (const { table, source, columns } of [...environment.tables, ...own.tables]) {
      const loaded = await session.load(table, source, columns);
      warnings.push(...loaded.diagnostics.map(({ message }) => message));
    }
    for (const [name, table] of Object.entries(line.tables ?? {})) {
      const { columns, rows } = Array.isArray(table) ? { columns: undefined, rows: table } : table;
      const loaded = await session.load(name, rowsOfArray(rows, columns), columns);
      warnings.push(...loaded.diagnostics.map(({ message }) => message));
    }
    const outcome = await session.query(line.language, line.query, origin, { now, timeLimit });
    if (!outcome.ok) return answerOf(id, outcome.diagnostics);
    warnings.push(...outcome.diagnostics.filter((found) => !isError(found)).map(({ message }) => message));
    const { columns, rows } = outcome;
    return { id, columns, rows, ...(warnings.length === 0 ? {} : { warnings }) };
  } finally {
    await session.clear();
  }
};

const origin = { file: 'query', line: 1, column: 1 };
