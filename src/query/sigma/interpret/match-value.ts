import { assertNever } from '../../../model/assert-never.ts';
import type { LogScalar, LogValue } from '../../../model/log-event.ts';
import type { Comparison, Matcher, Where } from '../values/matcher.ts';
import { isInside } from '../values/network.ts';
import { readNumber } from '../values/read-number.ts';
import { timePartOf } from '../values/time-part.ts';
import type { Compiled } from './compiled.ts';
import { isList, readField, textOf } from './read-field.ts';

export type Fields = Readonly<Record<string, LogValue>>;

/** Whether a field's value (undefined: there is no such field) is what a matcher asks for. Always true or false. */
export const matchValue = (
  matcher: Matcher,
  value: LogValue | undefined,
  fields: Fields,
  compiled: Compiled,
): boolean => {
  if (matcher.kind === 'any') return matcher.of.some((one) => matchValue(one, value, fields, compiled));
  if (matcher.kind === 'exists') return (value !== undefined) === matcher.wanted;
  if (matcher.kind === 'null') return value === undefined || value === null;
  if (value === undefined) return false;
  return (isList(value) ? value : [value]).some((one) => matchScalar(matcher, one, fields, compiled));
};

type ScalarMatcher = Exclude<Matcher, { readonly kind: 'any' | 'exists' | 'null' }>;

const matchScalar = (matcher: ScalarMatcher, value: LogScalar, fields: Fields, compiled: Compiled): boolean => {
  const text = textOf(value);
  if (text === null) return false;
  switch (matcher.kind) {
    case 'text':
      return compiled.pattern(matcher).test(matcher.cased ? text : text.toLowerCase());
    case 'number':
      return isNumber(value, matcher.value);
    case 'boolean':
      return text.toLowerCase() === String(matcher.value);
    case 'regex':
      return compiled.regex(matcher).test(text);
    case 'cidr':
      return isInside(text, matcher.prefix);
    case 'compare': {
      const number = typeof value === 'number' ? value : readNumber(text);
      return number !== null && compare(number, matcher.operator, matcher.value);
    }
    case 'time': {
      const part = timePartOf(text, matcher.part);
      return part !== null && compare(part, matcher.operator, matcher.value);
    }
    case 'fieldref':
      return matchReference(matcher, text, readField(fields, matcher.field));
    default:
      return assertNever(matcher);
  }
};

/** Values are texts to Sigma: `4688` is `4688` whatever its type. A hexadecimal text is the number that it writes. */
export const isNumber = (value: LogScalar, wanted: number): boolean => {
  if (typeof value !== 'string') return value === wanted;
  return value === String(wanted) || (/^0x/i.test(value) && readNumber(value) === wanted);
};

export const compare = (value: number, operator: Comparison | 'eq', bound: number): boolean => {
  switch (operator) {
    case 'gt':
      return value > bound;
    case 'gte':
      return value >= bound;
    case 'lt':
      return value < bound;
    case 'lte':
      return value <= bound;
    case 'eq':
      return value === bound;
  }
};

const matchReference = (
  { where, cased }: { readonly where: Where; readonly cased: boolean },
  text: string,
  other: LogValue | undefined,
): boolean => {
  if (other === undefined) return false;
  const fold = (one: string): string => (cased ? one : one.toLowerCase());
  return (isList(other) ? other : [other]).some((one) => {
    const wanted = textOf(one);
    return wanted !== null && tests[where](fold(text), fold(wanted));
  });
};

const tests: Readonly<Record<Where, (text: string, wanted: string) => boolean>> = {
  equals: (text, wanted) => text === wanted,
  contains: (text, wanted) => text.includes(wanted),
  startswith: (text, wanted) => text.startsWith(wanted),
  endswith: (text, wanted) => text.endsWith(wanted),
};
