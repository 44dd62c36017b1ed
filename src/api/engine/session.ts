import { randomUUID } from 'node:crypto';
import type { Language } from '../../model/detection.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Micros } from '../../model/event.ts';
import type { TextOrigin } from '../../model/place.ts';
import type { ColumnInfo, TableInfo } from '../../model/table.ts';
import type { Compiled, Engine, Relation } from '../../query/engine.ts';
import type { Languages } from '../../query/languages.ts';
import { serviceTable, type SavedFunctions } from '../../query/kql/prelude.ts';
import { openEngine } from '../../query/open-engine.ts';
import { sqlName, type Database } from '../../telemetry/database.ts';
import { learnColumns } from '../data/table-columns.ts';
import type { RowSource } from '../data/row.ts';
import { storeTable } from '../data/store-table.ts';
import { compileText } from './compile-text.ts';
import type { QueryOutcome } from './outcome.ts';
import { runTimeDiagnostics } from './run-time-diagnostics.ts';

export interface LoadedTable {
  readonly name: string;
  readonly columns: readonly ColumnInfo[];
  readonly rows: number;
  /** Extra columns, values that are not of their column's type, records that could not be read. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface RunSettings {
  readonly now: Micros;
  /** Milliseconds that one execution may take. */
  readonly timeLimit?: number;
  readonly signal?: AbortSignal;
}

/** Tables that someone brought, and queries over them. Tables of one session are seen by no other. */
export interface Session {
  /** A table that exists already is replaced. `columns`: what they are called and hold, in place of the catalog's and the data's own. */
  load(table: string, source: RowSource, columns?: readonly ColumnInfo[]): Promise<LoadedTable>;
  engine(): Engine;
  /** A text of Sumo's may be a Cloud SIEM rule, as YAML or JSON. */
  compile(language: Language, text: string, origin: TextOrigin): Compiled;
  query(language: Language, text: string, origin: TextOrigin, settings: RunSettings): Promise<QueryOutcome>;
  /** Takes its tables out of the database. */
  clear(): Promise<void>;
}

/** A session in a database that is sealed already; what it loads comes in as rows. */
export const createSession = (
  database: Database,
  catalog: readonly TableInfo[],
  languages: Languages,
  functions: readonly SavedFunctions[] = [],
): Session => {
  const known = new Map(catalog.map((table) => [table.name, table]));
  const relations = new Map<string, Relation>();
  const sqlTables = new Map<string, string>();
  let opened: Engine | null = null;

  const drop = async (name: string): Promise<void> => {
    const sqlTable = sqlTables.get(name);
    if (sqlTable !== undefined) await database.run(`DROP TABLE IF EXISTS ${sqlName(sqlTable)}`);
    sqlTables.delete(name);
    relations.delete(name);
    opened = null;
  };
  const engine = (): Engine =>
    (opened ??= openEngine({ database, relations: new Map(relations), catalog, languages, functions }));
  const compile: Session['compile'] = (language, text, origin) => compileText(engine(), language, text, origin);

  return {
    engine,
    compile,
    load: async (name, source, columns) => {
      const learned =
        columns === undefined
          ? await learnColumns(source, known.get(name) ?? serviceTable(name))
          : { columns, extra: [], present: undefined };
      await drop(name);
      const sqlTable = `data_${randomUUID()}`;
      sqlTables.set(name, sqlTable);
      const stored = await storeTable(database, sqlTable, name, learned.columns, source, learned.present);
      relations.set(name, stored.relation);
      return {
        name,
        columns: learned.columns,
        rows: stored.rows,
        diagnostics: [...(known.has(name) ? extraColumns(name, learned.extra) : []), ...stored.diagnostics],
      };
    },
    query: async (language, text, origin, { now, timeLimit, signal }) => {
      const compiled = compile(language, text, origin);
      if (!compiled.ok) return compiled;
      const limit = timeLimit === undefined ? [] : [AbortSignal.timeout(timeLimit)];
      const ended = AbortSignal.any([...limit, ...(signal === undefined ? [] : [signal])]);
      try {
        const { columns, rows } = await engine().run(compiled.query, { now, signal: ended });
        return { ok: true, columns, rows, diagnostics: compiled.diagnostics };
      } catch (error) {
        signal?.throwIfAborted();
        const problems = runTimeDiagnostics(error, language, origin, ended.aborted ? (timeLimit ?? null) : null);
        return { ok: false, diagnostics: [...compiled.diagnostics, ...problems] };
      }
    },
    clear: async () => {
      for (const name of [...sqlTables.keys()]) await drop(name);
    },
  };
};

const extraColumns = (table: string, names: readonly string[]): readonly Diagnostic[] =>
  names.length === 0
    ? []
    : [
        {
          code: 'data/extra-columns',
          severity: 'warning',
          message: `the product's ${table} has no ${names.length === 1 ? 'column' : 'columns'} ${names.join(', ')}`,
          hint: 'a query that reads them works here and fails there',
        },
      ];
