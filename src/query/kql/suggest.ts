/** How many letters must change, at most `limit`. */
const distance = (left: string, right: string, limit: number): number => {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = (previous[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[right.length] ?? limit + 1;
};

/** The known name that somebody may have meant: the same but for case, a few letters off, or containing or contained in it. */
export const suggest = (name: string, known: Iterable<string>): string | null => {
  const wanted = name.toLowerCase();
  const limit = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 5));
  const scored = [...known].flatMap((candidate): { candidate: string; score: number }[] => {
    const lower = candidate.toLowerCase();
    if (lower === wanted) return [{ candidate, score: 0 }];
    const changes = distance(lower, wanted, limit);
    if (changes <= limit) return [{ candidate, score: changes }];
    const contains = lower.endsWith(wanted) || (wanted.endsWith(lower) && lower.length >= 6);
    return contains ? [{ candidate, score: limit + 1 + Math.abs(lower.length - wanted.length) }] : [];
  });
  return scored.toSorted((a, b) => a.score - b.score)[0]?.candidate ?? null;
};
