import { closingQuote } from './c-string.ts';
import { labelEnd } from './descriptor.ts';

/** A whole system call: arguments as printed, and what came of it. */
export interface StraceCall {
  readonly name: string;
  readonly args: readonly string[];
  /** Null for `?`: the process ended, or the call was restarted. */
  readonly value: number | null;
  /** `ECONNREFUSED`, `ERESTARTSYS` …; null when it succeeded. */
  readonly errno: string | null;
  /** All that was printed after the value: a descriptor's label, for example. */
  readonly rest: string;
}

/**
 * Splits `name(a, b, …) = value rest` at its top-level commas. Null when it is not one whole call.
 * Quotes, brackets and descriptor labels are skipped as units, so nothing inside a host's string can end an argument.
 */
export const parseStraceCall = (text: string): StraceCall | null => {
  const open = text.indexOf('(');
  if (open < 1) return null;
  const args: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let index = start; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 34: // "
        index = closingQuote(text, index);
        if (index < 0) return null;
        break;
      case 60: // <
        if (!isLabel(text, index)) break;
        index = labelEnd(text, index);
        if (index < 0) return null;
        break;
      case 44: // ,
        if (depth > 0) break;
        args.push(text.slice(start, index).trim());
        start = index + 1;
        break;
      case 40: // (
      case 91: // [
      case 123: // {
        depth++;
        break;
      case 41: // )
      case 93: // ]
      case 125: {
        // }
        if (depth-- > 0) break;
        const last = text.slice(start, index).trim();
        if (last !== '' || args.length > 0) args.push(last);
        return parseResult(text.slice(0, open), args, text.slice(index + 1));
      }
    }
  }
  return null;
};

/** A label follows a descriptor: a digit, or `AT_FDCWD`. */
const isLabel = (text: string, index: number): boolean => {
  const before = text.charCodeAt(index - 1);
  return (before >= 48 && before <= 57) || before === 68;
};

const resultPattern = /^\s+= (\?|-?\d+|0x[0-9a-f]+)/;
const errnoPattern = /^ (?:(E[A-Z0-9]+)|\(errno (\d+)\))/;

const parseResult = (name: string, args: readonly string[], text: string): StraceCall | null => {
  const match = resultPattern.exec(text);
  if (match === null) return null;
  const rest = text.slice(match[0].length);
  const errno = match[1] === '-1' || match[1] === '?' ? errnoPattern.exec(rest) : null;
  return {
    name,
    args,
    value: match[1] === '?' ? null : Number(match[1]),
    errno: errno?.[1] ?? errno?.[2] ?? null,
    rest,
  };
};
