import { resolve } from 'node:path';
import { openRows } from '../../api/data/open-rows.ts';
import { loadSchemas } from '../../api/data/load-schemas.ts';
import { createSession, type Session } from '../../api/engine/session.ts';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { loadLanguages } from '../../query/languages.ts';
import { openDatabase } from '../../telemetry/database.ts';
import { watchlistTable } from '../../query/kql/prelude.ts';
import type { DataFile } from './data-options.ts';
import type { QueryFlags } from './options.ts';
import { readFunctions } from './read-functions.ts';
import { resolveSchemas } from './resolve-schemas.ts';

/** A session with the tables that the command line names, for as long as `work` takes. */
export const withSession = async <T>(
  { language, schema, watchlist = [], function: functions = [] }: QueryFlags,
  data: readonly DataFile[],
  cwd: string,
  work: (session: Session, diagnostics: readonly Diagnostic[]) => Promise<T>,
): Promise<T> => {
  const catalog = await loadSchemas(resolveSchemas(schema, cwd));
  await using database = await openDatabase();
  const session = createSession(
    database,
    catalog,
    await loadLanguages([language]),
    await Promise.all(functions.map((file) => readFunctions(file, cwd))),
  );
  const diagnostics: Diagnostic[] = [];
  for (const { table, file } of [...data, ...watchlist.map(watchlistFile)]) {
    diagnostics.push(...(await session.load(table, openRows(resolve(cwd, file)))).diagnostics);
  }
  return await work(session, diagnostics);
};

/** `NAME=FILE`. */
const watchlistFile = (option: string): DataFile => {
  const at = option.indexOf('=');
  if (at < 1) {
    throw new HarnessError(`${JSON.stringify(option)} is not NAME=FILE`, {
      code: 'query/invalid-watchlist',
      exitCode: exitCode.usage,
      hint: 'for example --watchlist VIPs=vips.csv',
    });
  }
  return { table: watchlistTable(option.slice(0, at)), file: option.slice(at + 1) };
};
