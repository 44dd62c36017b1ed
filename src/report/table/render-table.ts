import { displayWidth } from '../diagnostics/display-text.ts';
import { oneLine } from '../terminal/one-line.ts';

/** Columns as wide as their widest cell, two spaces apart; every cell one line that cannot steer a terminal. */
export const renderTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const cells = [head, ...rows].map((row) => row.map(oneLine));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => displayWidth(row[column] ?? ''))));
  return cells
    .map((row) => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - displayWidth(cell))).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
};
