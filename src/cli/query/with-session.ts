import { resolve } from 'node:path';
import { openRows } from '../../api/data/open-rows.ts';
import { loadSchemas } from '../../api/data/load-schemas.ts';
import { createSession, type Session } from '../../api/engine/session.ts';
import type { Language } from '../../model/detection.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { loadLanguages } from '../../query/languages.ts';
import { openDatabase } from '../../telemetry/database.ts';
import type { DataFile } from './data-options.ts';
import { resolveSchemas } from './resolve-schemas.ts';

/** A session with the tables that the command line names, for as long as `work` takes. */
export const withSession = async <T>(
  language: Language,
  schemas: string,
  data: readonly DataFile[],
  cwd: string,
  work: (session: Session, diagnostics: readonly Diagnostic[]) => Promise<T>,
): Promise<T> => {
  const catalog = await loadSchemas(resolveSchemas(schemas, cwd));
  await using database = await openDatabase();
  const session = createSession(database, catalog, await loadLanguages([language]));
  const diagnostics: Diagnostic[] = [];
  for (const { table, file } of data) {
    diagnostics.push(...(await session.load(table, openRows(resolve(cwd, file)))).diagnostics);
  }
  return await work(session, diagnostics);
};
