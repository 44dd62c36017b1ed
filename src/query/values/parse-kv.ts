/** Pairs of keys and values in a text; where a key comes twice, the first stands. */
export interface PairOptions {
  /** Empty: anything that is no letter, digit, underscore. */
  readonly pairDelimiter: string;
  readonly keyDelimiter: string;
  /** One character around values, or an opening and a closing one. */
  readonly quote: string;
  readonly escape: string;
  /** Values go on until what looks like the next key. */
  readonly greedy: boolean;
}

interface Cursor {
  readonly text: string;
  at: number;
}

const readQuoted = (cursor: Cursor, close: string, escape: string): string => {
  let value = '';
  while (cursor.at < cursor.text.length) {
    const character = cursor.text[cursor.at++] ?? '';
    if (escape !== '' && character === escape) value += cursor.text[cursor.at++] ?? '';
    else if (character === close) return value;
    else value += character;
  }
  return value;
};

const readUntil = (cursor: Cursor, delimiter: string): string => {
  const end =
    delimiter === ''
      ? cursor.text.slice(cursor.at).search(/[^\p{L}\p{N}_]/u)
      : cursor.text.indexOf(delimiter, cursor.at) - cursor.at;
  const value = end < 0 ? cursor.text.slice(cursor.at) : cursor.text.slice(cursor.at, cursor.at + end);
  cursor.at += value.length;
  return value;
};

/** The end of a value that may hold the pair delimiter: before the last one that stands in front of the next key. */
const greedyEnd = (text: string, from: number, { pairDelimiter, keyDelimiter }: PairOptions): number => {
  const nextKey = text.indexOf(keyDelimiter, from);
  if (nextKey === -1) return text.length;
  const end = text.lastIndexOf(pairDelimiter, nextKey - 1);
  return end < from ? text.length : end;
};

export const parsePairs = (text: string, options: PairOptions): ReadonlyMap<string, string> => {
  const { pairDelimiter, keyDelimiter, quote, escape, greedy } = options;
  const pairs = new Map<string, string>();
  const cursor: Cursor = { text, at: 0 };
  const close = quote.at(-1) ?? '';
  while (cursor.at < text.length) {
    const keyEnd = text.indexOf(keyDelimiter, cursor.at);
    if (keyEnd === -1 || keyDelimiter === '') break;
    // A pair without a key delimiter is not one: its text belongs to no key.
    const before = text.slice(cursor.at, keyEnd);
    const cut = pairDelimiter === '' ? -1 : before.lastIndexOf(pairDelimiter);
    const key = (cut === -1 ? before : before.slice(cut + pairDelimiter.length)).trim();
    cursor.at = keyEnd + keyDelimiter.length;
    const opens = quote !== '' && text[cursor.at] === quote[0];
    let value: string;
    if (opens) {
      cursor.at++;
      value = readQuoted(cursor, close, escape);
    } else if (greedy && pairDelimiter !== '') {
      const end = greedyEnd(text, cursor.at, options);
      value = text.slice(cursor.at, end);
      cursor.at = end;
    } else {
      value = readUntil(cursor, pairDelimiter);
    }
    const name = quote !== '' && key.startsWith(quote[0] ?? '') && key.endsWith(close) ? key.slice(1, -1) : key;
    if (name !== '' && !pairs.has(name)) pairs.set(name, value);
    if (pairDelimiter !== '' && text.startsWith(pairDelimiter, cursor.at)) cursor.at += pairDelimiter.length;
  }
  return pairs;
};
