import type { NearRow } from '../../model/verdict.ts';
import { plural } from '../../util/plural.ts';

/** How many different values a sentence names; the list of near rows has them all. */
const named = 3;

/** What a clause did, in one sentence: `15 rows in, 0 out; RemoteIPType was "Loopback" (15 rows)`. */
export const describeBlocker = (rowsIn: number, rowsOut: number, near: readonly NearRow[]): string => {
  const flow = `${plural(rowsIn, 'row')} in, ${rowsOut} out`;
  const values = near.slice(0, named).map(describeNear);
  if (values.length === 0) return flow;
  const more = near.length > named ? `, +${near.length - named}` : '';
  return `${flow}; ${values.join(', ')}${more}`;
};

/** `ConnectionCount was 5, the rule asks for >= 12`, or for what is only the same or not: `ActionType was "X" (2 rows)`. */
export const describeNear = ({ column, wanted, got, rows }: NearRow): string =>
  /^[<>]/.test(wanted)
    ? `${column} was ${got}, the rule asks for ${wanted}`
    : `${column} was ${got} (${plural(rows, 'row')})`;
