import type { Blocker, NearRow } from '../../model/verdict.ts';
import { plural } from '../../util/plural.ts';
import { oneLine } from './one-line.ts';
import type { Screen } from './screen.ts';
import { paint } from './style.ts';

/** Near rows shown of one blocker. */
const shownNear = 5;

/** Each clause that keeps a query silent, with what came near; `outcome` says what happens without them: `it fires`. */
export const blockerLines = (
  screen: Screen,
  blockers: readonly Blocker[],
  proved: boolean,
  outcome: string,
): readonly string[] => {
  const heading = proved
    ? `${plural(blockers.length, 'blocker')}, complete and proved: run without ${blockers.length === 1 ? 'it' : 'them'}, ${outcome}`
    : `${plural(blockers.length, 'blocker')}, not proved to be all`;
  return [
    heading,
    ...blockers.flatMap((blocker, index) => [
      `  ${index + 1}. ${oneLine(blocker.clause)}  ${position(blocker)}`,
      `     ${oneLine(blocker.summary)}`,
      ...nearLines(screen, blocker.near),
    ]),
  ];
};

const position = ({ place }: Blocker): string => `(${place.line}:${place.column})`;

const nearLines = (screen: Screen, near: readonly NearRow[]): readonly string[] => {
  // One value is in the summary already.
  if (near.length < 2) return [];
  const rows = near.slice(0, shownNear).map(({ column, wanted, got, rows: count }) => {
    const text = `${column}: wanted ${wanted}, got ${got} (${plural(count, 'row')})`;
    return paint(screen, 'quiet', `     near: ${oneLine(text)}`);
  });
  const hidden = near.length - rows.length;
  return hidden > 0 ? [...rows, paint(screen, 'quiet', `     and ${hidden} more`)] : rows;
};
