/** A seeded generator of numbers in [0, 1) (mulberry32), so that runs can be compared. */
export const createRandom = (seed: number) => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return {
    next,
    below,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
    token: (length: number): string => Array.from({ length }, () => alphabet[below(36)]).join(''),
  };
};

export type Random = ReturnType<typeof createRandom>;
