import { loadSchemas } from '../../api/data/load-schemas.ts';
import { createSession, type Session } from '../../api/engine/session.ts';
import { emptyEnvironment, loadEnvironment, loadEnvironmentFile } from '../../api/fixtures/load-environment.ts';
import { environmentOf } from '../../content/environment/parse-environment.ts';
import { environmentSchema } from '../../content/environment/schema.ts';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { loadLanguages } from '../../query/languages.ts';
import { openDatabase } from '../../telemetry/database.ts';
import { environmentSource } from '../environment-option.ts';
import type { DataFile } from './data-options.ts';
import type { QueryFlags } from './options.ts';
import { resolveSchemas } from './resolve-schemas.ts';

/** A session with the tables that the command line names, for as long as `work` takes. */
export const withSession = async <T>(
  flags: QueryFlags,
  data: readonly DataFile[],
  cwd: string,
  work: (session: Session, diagnostics: readonly Diagnostic[]) => Promise<T>,
): Promise<T> => {
  const catalog = await loadSchemas(resolveSchemas(flags.schema, cwd));
  const { environment } = environmentSource(flags, cwd);
  const file = environment === undefined ? emptyEnvironment : await loadEnvironmentFile(environment);
  const own = await loadEnvironment(environmentOf(environmentSchema.parse(ownEnvironment(flags, data))), cwd);
  await using database = await openDatabase();
  const session = createSession(database, catalog, await loadLanguages([flags.language]), [
    ...own.functions,
    ...file.functions,
  ]);
  const diagnostics: Diagnostic[] = [];
  // What the command line itself says comes last, and stands.
  for (const { table, source, columns } of [...file.tables, ...own.tables]) {
    diagnostics.push(...(await session.load(table, source, columns)).diagnostics);
  }
  return await work(session, diagnostics);
};

/** What the options name, as an environment: an address is told by not being a table's name. */
const ownEnvironment = (
  { watchlist = [], function: functions = [] }: QueryFlags,
  data: readonly DataFile[],
): Readonly<Record<string, unknown>> => {
  const filesOf = (files: readonly DataFile[]) => Object.fromEntries(files.map(({ table, file }) => [table, file]));
  return {
    functions,
    watchlists: filesOf(watchlist.map(watchlistFile)),
    tables: filesOf(data.filter(({ table }) => !isAddress(table))),
    externaldata: filesOf(data.filter(({ table }) => isAddress(table))),
  };
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
  return { table: option.slice(0, at), file: option.slice(at + 1) };
};

const isAddress = (table: string): boolean => /[/\\]/.test(table);
