import type { NearRow } from '../../model/verdict.ts';
import { plural } from '../../util/plural.ts';

/** How many different values a sentence names; the list of near rows has them all. */
const named = 3;

/** What a clause did, in one sentence: `15 rows in, 0 out; RemoteIPType was "Loopback" (15 rows)`. */
export const describeBlocker = (rowsIn: number, rowsOut: number, near: readonly NearRow[]): string => {
  const flow = `${plural(rowsIn, 'row')} in, ${rowsOut} out`;
  if (near.length === 0) return flow;
  const values = near.slice(0, named).map((row, index) => describeNear(row, near[index - 1]?.column));
  const more = near.length > named ? `, +${near.length - named}` : '';
  return `${flow}; ${values.join(', ')}${more}`;
};

/** `ConnectionCount was 5, the rule asks for >= 12`, or for what is only the same or not: `ActionType was "X" (2 rows)`. */
const describeNear = ({ column, wanted, got, rows }: NearRow, columnBefore: string | undefined): string => {
  const shown = quote(got);
  const value = column === columnBefore ? shown : `${column} was ${shown}`;
  return /^[<>]/.test(wanted) ? `${value}, the rule asks for ${wanted}` : `${value} (${plural(rows, 'row')})`;
};

/** Values come as text; what is no number, truth value or null was text in the row too. */
const quote = (value: string): string =>
  /^(-?\d+(\.\d+)?|true|false|null)$/.test(value) || value.startsWith('"') ? value : `"${value}"`;
