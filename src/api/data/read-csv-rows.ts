import { createRowSplitter, type CsvRow } from '../../formats/csv/split-rows.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { exitCode } from '../../model/exit-code.ts';
import type { RowLosses } from './row-losses.ts';
import type { Row } from './row.ts';
import { textParts } from './text-parts.ts';

/** Rows of RFC 4180 whose first row names the columns. Cells are text; what they mean is their column's type. */
export const readCsvRows = (separator: string) =>
  async function* (path: string, losses: RowLosses): AsyncGenerator<readonly Row[]> {
    const splitter = createRowSplitter(separator);
    let header: readonly string[] | null = null;
    const read = (rows: readonly CsvRow[]): readonly Row[] =>
      rows.flatMap(({ cells, line, isWhole }): Row[] => {
        if (cells.length === 1 && cells[0]?.trim() === '') return [];
        if (header === null) {
          header = readHeader(path, cells);
          return [];
        }
        const names = header;
        if (!isWhole) losses.add('the file ends inside quotes', line);
        else if (cells.length !== names.length) losses.add('row with other columns than the first', line);
        else return [new Map(names.map((name, index) => [name, cells[index] ?? '']))];
        return [];
      });
    for await (const part of textParts(path)) yield read(splitter.add(part));
    yield read(splitter.end());
  };

const readHeader = (path: string, cells: readonly string[]): readonly string[] => {
  const names = cells.map((cell) => cell.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return names;
  throw new HarnessError(`${path} has two columns that are called ${JSON.stringify(twice)}`, {
    code: 'data/column-twice',
    exitCode: exitCode.usage,
  });
};
