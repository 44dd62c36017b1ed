import { closingQuote, readCString, type CString } from './c-string.ts';

/** Every quoted string of an argument, in order: an argument list, an environment. Null when one does not end. */
export const readStrings = (text: string): readonly CString[] | null => {
  const strings: CString[] = [];
  for (let index = text.indexOf('"'); index >= 0;) {
    const string = readCString(text, index);
    if (string === null) return null;
    strings.push(string);
    index = text.indexOf('"', string.end);
  }
  return strings;
};

/**
 * The value of `name=value` in a printed environment, undecoded, or null: decoding every variable of every exec would cost
 * more than all else.
 */
export const environmentValue = (text: string, name: string): string | null => {
  const wanted = `${name}=`;
  for (let index = text.indexOf('"'); index >= 0;) {
    const close = closingQuote(text, index);
    if (close < 0) return null;
    if (text.startsWith(wanted, index + 1)) return text.slice(index + 1 + wanted.length, close);
    index = text.indexOf('"', close + 1);
  }
  return null;
};
