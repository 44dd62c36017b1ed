import { plural } from '../../util/plural.ts';
import { displayWidth } from '../diagnostics/display-text.ts';
import { oneLine } from '../terminal/one-line.ts';
import type { Screen } from '../terminal/screen.ts';
import { fit, pad, paint } from '../terminal/style.ts';
import { cellText, type Rows } from './rows.ts';

/** A cell of the table is no wider; CSV and JSON have all of it. */
const widest = 80;

const isNumber = (type: string): boolean => ['long', 'int', 'real', 'decimal'].includes(type);

/** Columns side by side, and the count of rows below. */
export const renderTable = (screen: Screen, { columns, rows }: Rows): string => {
  const shown = rows.map((row) => row.map((cell) => fit(screen, oneLine(cellText(cell)), widest)));
  const names = columns.map(({ name }) => fit(screen, oneLine(name), widest));
  const widths = names.map((name, index) =>
    shown.reduce((width, row) => Math.max(width, displayWidth(row[index] ?? '')), displayWidth(name)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        const gap = ' '.repeat(Math.max(0, width - displayWidth(cell)));
        return isNumber(columns[index]?.type ?? '') ? gap + cell : pad(cell, width);
      })
      .join('  ')
      .trimEnd();
  const head =
    columns.length === 0 ? [] : [paint(screen, 'strong', line(names)), line(widths.map((w) => '-'.repeat(w)))];
  const lines = [...head, ...shown.map(line), paint(screen, 'quiet', plural(rows.length, 'row'))];
  return lines.map((text) => `${text}\n`).join('');
};
