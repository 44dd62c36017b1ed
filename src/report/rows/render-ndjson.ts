import { exactJson } from '../../util/exact-json.ts';
import type { Rows } from './rows.ts';

/** One object a row, by column name. */
export const renderNdjson = ({ columns, rows }: Rows): string =>
  rows
    .map((row) => `${exactJson(Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])))}\n`)
    .join('');
