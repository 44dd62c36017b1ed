/** Code units as sorted, disjoint ranges, both ends included. */
export type CharSet = readonly (readonly [number, number])[];

const last = 0xffff;

export const charSet = (...ranges: readonly (readonly [number, number])[]): CharSet => {
  const merged: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before !== undefined && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return merged;
};

export const complement = (set: CharSet): CharSet => {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= last) rest.push([next, last]);
  return rest;
};

const range = (from: string, to: string): readonly [number, number] => [from.charCodeAt(0), to.charCodeAt(0)];

export const digits = charSet(range('0', '9'));
export const wordChars = charSet(range('0', '9'), range('A', 'Z'), range('a', 'z'), range('_', '_'));
export const newlines = charSet([10, 10], [13, 13], [0x2028, 0x2029]);
export const spaces = charSet(
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
);
export const everything = charSet([0, last]);

/** Every character that JavaScript's `i` flag takes for one of the set. */
export const foldCase = (set: CharSet): CharSet => {
  // No other character folds to an ASCII one, so that the common case needs no look at all of them.
  const ascii = set.every(([, to]) => to < 128);
  const limit = ascii ? 127 : last;
  const table = canonicalTable();
  const wanted = new Set<number>();
  for (const [from, to] of set) for (let code = from; code <= to; code++) wanted.add(table[code] ?? code);
  const folded: [number, number][] = [];
  for (let code = 0; code <= limit; code++) if (wanted.has(table[code] ?? code)) folded.push([code, code]);
  return charSet(...folded);
};

let canonicals: Uint16Array | null = null;

// Constant, but worth its 128 kB only to those who ask.
const canonicalTable = (): Uint16Array =>
  (canonicals ??= Uint16Array.from({ length: last + 1 }, (_, code) => canonical(code)));

/** ECMAScript's Canonicalize without the `u` flag. */
const canonical = (code: number): number => {
  const upper = String.fromCharCode(code).toUpperCase();
  if (upper.length !== 1) return code;
  const folded = upper.charCodeAt(0);
  return code >= 128 && folded < 128 ? code : folded;
};

export const hasChar = (set: CharSet, code: number): boolean => set.some(([from, to]) => code >= from && code <= to);
