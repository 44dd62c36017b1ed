import type { ScalarType } from '../../model/table.ts';
import { parseDatetime } from '../values/parse-datetime.ts';
import { parseTimespan } from '../values/parse-timespan.ts';

/** A literal's value as the plan writes it; undefined when the text is none of its type. */
type LiteralValue = string | null | undefined;

/** What stands in `long(…)`, `datetime(…)`; the whole text when there is no type around it. */
const contentOf = (text: string): string => /^[a-z0-9_]+\s*\((.*)\)$/is.exec(text.trim())?.[1]?.trim() ?? text.trim();

const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;

/** A number that its type cannot hold: the service refuses it. */
export const outOfRange = 'out of range';

const integer = (content: string, bits: 32 | 64): LiteralValue => {
  if (!/^[+-]?(\d+|0x[0-9a-f]+)$/i.test(content)) return undefined;
  const negative = content.startsWith('-');
  const size = BigInt(content.replace(/^[+-]/, ''));
  if (bits === 64 && size > (negative ? 2n ** 63n : 2n ** 63n - 1n) && !content.includes('x')) return outOfRange;
  return BigInt.asIntN(bits, negative ? -size : size).toString();
};

const real = (content: string): LiteralValue => {
  if (/^nan$/i.test(content)) return 'NaN';
  if (/^\+?inf$/i.test(content)) return 'Infinity';
  if (/^-inf$/i.test(content)) return '-Infinity';
  const value = Number(content);
  return content === '' || Number.isNaN(value) ? undefined : String(value);
};

const guid = (content: string): LiteralValue => {
  const digits = content.replace(/[{}-]/g, '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(digits)
    ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : undefined;
};

/**
 * The value of a literal token, from its text: the library's own `LiteralValue` is wrong for `time(1.02:03)`, `real(nan)`, `0xFF`,
 * for datetimes beyond milliseconds, and throws for long decimals.
 */
export const literalValue = (type: ScalarType, text: string): LiteralValue => {
  const content = contentOf(text);
  if (/^null$/i.test(content)) return null;
  switch (type) {
    case 'long':
      return integer(content.replace(/l$/i, ''), 64);
    case 'int':
      return integer(content, 32);
    case 'real':
      return real(content);
    case 'decimal':
      return /^[+-]?\d*\.?\d+(e[+-]?\d+)?$/i.test(content) ? content : undefined;
    case 'datetime':
      return parseDatetime(unquoted(content))?.toString();
    case 'timespan':
      return parseTimespan(unquoted(content))?.toString();
    case 'guid':
      return guid(unquoted(content));
    default:
      return undefined;
  }
};
