import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { readCsvRows } from './read-csv-rows.ts';
import { readJsonRows } from './read-json-rows.ts';
import { parquetColumns, readParquetRows } from './read-parquet-rows.ts';
import { createRowLosses, type RowLosses } from './row-losses.ts';
import type { Row, RowSource } from './row.ts';

type Reader = (path: string, losses: RowLosses) => AsyncIterable<readonly Row[]>;

const readers: Readonly<Record<string, { readonly read: Reader; readonly isText: boolean }>> = {
  ndjson: { read: readJsonRows, isText: false },
  jsonl: { read: readJsonRows, isText: false },
  json: { read: readJsonRows, isText: false },
  csv: { read: readCsvRows(','), isText: true },
  tsv: { read: readCsvRows('\t'), isText: true },
  parquet: { read: readParquetRows, isText: false },
};

/** Extensions of files that hold a table, each also with `.gz` behind it (Parquet apart). */
export const rowFileExtensions: readonly string[] = Object.keys(readers);

/** The rows of a file, read as its extension says. Throws HarnessError `data/unknown-format`, `data/unreadable`. */
export const openRows = (path: string): RowSource => {
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const reader = readers[extension];
  if (reader === undefined) {
    throw new HarnessError(`${path} has no extension that says what it is`, {
      code: 'data/unknown-format',
      exitCode: exitCode.usage,
      hint: `name a file that ends in ${rowFileExtensions.map((name) => `.${name}`).join(', ')}`,
    });
  }
  const losses = createRowLosses();
  return {
    rows: () => {
      losses.clear();
      return readable(path, reader.read(path, losses));
    },
    isText: reader.isText,
    ...(reader.read === readParquetRows ? { columns: () => parquetColumns(path).catch(unreadable(path)) } : {}),
    losses: losses.list,
  };
};

async function* readable(path: string, rows: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  try {
    yield* rows;
  } catch (cause) {
    unreadable(path)(cause);
  }
}

const unreadable =
  (path: string) =>
  (cause: unknown): never => {
    if (cause instanceof HarnessError) throw cause;
    throw new HarnessError(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      code: 'data/unreadable',
      exitCode: exitCode.usage,
      cause,
    });
  };
