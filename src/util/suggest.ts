/**
 * The candidate that someone most likely meant by `word`, or null when none is near: at most a third of its letters may be
 * wrong, where a letter too many, too few, changed, or two swapped are one mistake. Case is no mistake.
 */
export const suggest = (word: string, candidates: Iterable<string>): string | null => {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
};

/** `did you mean "x"?`, or the list of what there is, or null when there is nothing to offer. */
export const suggestionHint = (word: string, candidates: readonly string[]): string | null => {
  const meant = suggest(word, candidates);
  if (meant !== null) return `did you mean "${meant}"?`;
  return candidates.length === 0 ? null : `available: ${enumerate(candidates)}`;
};

const shown = 8;

const enumerate = (names: readonly string[]): string => {
  const listed = [...names].sort().slice(0, shown).join(', ');
  return names.length > shown ? `${listed}, +${names.length - shown}` : listed;
};

/** Optimal string alignment distance; `limit` when it is that or more. */
const editDistance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (last[column] ?? limit) + 1,
        (current[column - 1] ?? limit) + 1,
        (last[column - 1] ?? limit) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? limit) + 1 : limit,
      );
    }
    if (Math.min(...current) >= limit) return limit;
    [beforeLast, last] = [last, current];
  }
  return last[b.length] ?? limit;
};
