import { cellText, type Rows } from './rows.ts';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** RFC 4180, with a header. */
export const renderCsv = ({ columns, rows }: Rows): string =>
  line(columns.map(({ name }) => name)) + rows.map((row) => line(row.map(cellText))).join('');
