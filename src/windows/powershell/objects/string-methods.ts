import { RuntimeFailure } from '../engine/error-record.ts';
import { asList } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { Char, type Value } from '../values/value.ts';

type StringMethod = (args: readonly Value[]) => Value;

const text = (value: Value | undefined): string => toText(value ?? null);
const whole = (value: Value | undefined): number => Number(coerceNumber(value ?? null)?.value ?? 0);

const characters = (args: readonly Value[]): string =>
  args
    .flatMap((arg) => asList(arg))
    .map(toText)
    .join('');

const trim = (from: string, args: readonly Value[], ends: 'both' | 'start' | 'end'): string => {
  const unwanted = characters(args);
  const isUnwanted = (char: string): boolean => (unwanted === '' ? /\s/.test(char) : unwanted.includes(char));
  let start = 0;
  let end = from.length;
  if (ends !== 'end') while (start < end && isUnwanted(from.charAt(start))) start++;
  if (ends !== 'start') while (end > start && isUnwanted(from.charAt(end - 1))) end--;
  return from.slice(start, end);
};

/** .NET Framework takes every character of the separators as one of its own. */
const split = (from: string, args: readonly Value[]): string[] => {
  const options = args.length > 1 && /removeemptyentries|^1$/i.test(text(args.at(-1)));
  const separators = characters(options ? args.slice(0, -1) : args);
  const parts: string[] = [''];
  for (const char of from) {
    if (separators === '' ? /\s/.test(char) : separators.includes(char)) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return options ? parts.filter((part) => part !== '') : parts;
};

const substring = (from: string, start: number, length: number): string => {
  if (start < 0 || length < 0 || start + length > from.length) {
    throw new RuntimeFailure(
      'ArgumentOutOfRangeException',
      'Exception calling "Substring" with "2" argument(s): "Index and length must refer to a location within the string.\r\nParameter name: length"',
      {
        category: 'NotSpecified',
        type: 'System.Management.Automation.MethodInvocationException',
      },
    );
  }
  return from.slice(start, start + length);
};

/** Methods of System.String, by lower-case name. They heed case, unlike PowerShell's operators. */
export const stringMethods = (from: string): Readonly<Record<string, StringMethod>> => ({
  tolower: () => from.toLowerCase(),
  tolowerinvariant: () => from.toLowerCase(),
  toupper: () => from.toUpperCase(),
  toupperinvariant: () => from.toUpperCase(),
  trim: (args) => trim(from, args, 'both'),
  trimstart: (args) => trim(from, args, 'start'),
  trimend: (args) => trim(from, args, 'end'),
  startswith: ([value]) => from.startsWith(text(value)),
  endswith: ([value]) => from.endsWith(text(value)),
  contains: ([value]) => from.includes(text(value)),
  indexof: ([value, start]) => from.indexOf(text(value), whole(start)),
  lastindexof: ([value]) => from.lastIndexOf(text(value)),
  replace: ([old, value]) => from.replaceAll(text(old), () => text(value)),
  split: (args) => split(from, args),
  substring: ([start, length]) =>
    substring(from, whole(start), length === undefined ? from.length - whole(start) : whole(length)),
  padleft: ([width, char]) => from.padStart(whole(width), char === undefined ? ' ' : text(char)),
  padright: ([width, char]) => from.padEnd(whole(width), char === undefined ? ' ' : text(char)),
  insert: ([at, value]) => from.slice(0, whole(at)) + text(value) + from.slice(whole(at)),
  remove: ([at, count]) => from.slice(0, whole(at)) + (count === undefined ? '' : from.slice(whole(at) + whole(count))),
  tochararray: () => [...from].map((char) => new Char(char)),
  tostring: () => from,
});
