import { escapePattern } from '../../values/terms.ts';
import { isArray, printDynamic, type Dynamic } from '../../values/dynamic.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

/** Characters are code points, as the service counts them. */
const characters = (text: string): readonly string[] => (/[\ud800-\udfff]/.test(text) ? [...text] : text.split(''));

/** A part of a text; a negative start counts from the end. */
const substring = (text: string, start: bigint, length: bigint | null): string => {
  const all = characters(text);
  const from = start < 0n ? all.length + Number(start) : Number(start);
  if (from < 0 || (length !== null && length < 0n)) return '';
  return all.slice(from, length === null ? undefined : from + Number(length)).join('');
};

/** The parts between a separator, or the one of an index; an empty separator gives the characters. */
const split = (text: string, separator: string, index: bigint | null): Dynamic => {
  const parts = separator === '' ? characters(text) : text.split(separator);
  if (index === null) return parts;
  const part = parts[Number(index)];
  return part === undefined ? null : [part];
};

/** Where a text stands in another: from `start`, within `length`, the so-many-th time. -1 when it does not. */
const indexOf = (
  text: string,
  searched: string,
  start: bigint | null,
  length: bigint | null,
  occurrence: bigint | null,
): bigint | null => {
  const times = occurrence ?? 1n;
  const from = Number(start ?? 0n);
  const begin = from < 0 ? text.length + from : from;
  if (times < 1n || searched === '') return null;
  if (begin < 0 || begin > text.length) return -1n;
  const end = length === null || length === -1n ? text.length : Math.min(text.length, begin + Number(length));
  let at = begin - 1;
  for (let count = 0n; count < times; count++) {
    at = text.indexOf(searched, at + 1);
    if (at === -1 || at >= end) return -1n;
  }
  return BigInt(at);
};

const countPlain = (text: string, searched: string): number => {
  if (searched === '') return 0;
  let count = 0;
  for (let at = text.indexOf(searched); at !== -1; at = text.indexOf(searched, at + 1)) count++;
  return count;
};

const replaceAll = (text: string, lookup: readonly Dynamic[], rewrite: readonly Dynamic[]): string =>
  lookup.reduce<string>((result, searched, index) => {
    const replacement = rewrite[index];
    return typeof searched === 'string' && searched !== ''
      ? result.replaceAll(searched, () =>
          typeof replacement === 'string' ? replacement : printDynamic(replacement ?? null),
        )
      : result;
  }, text);

const joined = (items: readonly Dynamic[], separator: string): string =>
  items.map((item) => (typeof item === 'string' ? item : item === null ? '' : printDynamic(item))).join(separator);

/** Each character of `search` by the one at its place in `replacement`, or the last of it. */
const translate = (search: string, replacement: string, text: string): string => {
  const to = characters(replacement);
  const map = new Map(
    characters(search).map((character, index) => [character, to[Math.min(index, to.length - 1)] ?? '']),
  );
  return characters(text)
    .map((character) => map.get(character) ?? character)
    .join('');
};

const maximumRepeat = 1024;

const repeat = (text: string, times: bigint, separator: string | null): string =>
  Array.from({ length: Math.min(Number(times), maximumRepeat) }, () => text).join(separator ?? '');

/** `1.5 KB`: the largest unit that is not below one, unless one is named. */
const formatBytes = (bytes: number, digits: bigint | null, unit: string | null): string => {
  const units = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
  const named =
    unit === null || unit === '' ? -1 : units.findIndex((name) => name.toLowerCase() === unit.toLowerCase());
  const power =
    named >= 0
      ? named
      : Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(Math.abs(bytes)) / Math.log(1024))));
  const value = bytes / 1024 ** power;
  const rounded = Number(value.toFixed(Number(digits ?? 0n)));
  return `${rounded} ${units[power] ?? ''}`;
};

const strcatArray: RowSpec = {
  params: ['dynamic', 'string'],
  result: 'string',
  compute: (list: Dynamic, separator: string) => (isArray(list) ? joined(list, separator) : null),
};

const toCodepoints: RowSpec = {
  params: ['string'],
  result: 'dynamic',
  compute: (text: string) => [...text].map((character) => BigInt(character.codePointAt(0) ?? 0)),
};

const isCodepoint = (point: number): boolean => Number.isInteger(point) && point >= 0 && point <= 0x10ffff;

const fromCodepoints: RowSpec = {
  params: ['dynamic'],
  variadic: true,
  result: 'string',
  compute: (points: readonly Dynamic[]) => {
    const codes = points.flatMap((point) => (isArray(point) ? point : [point])).map(Number);
    return codes.every(isCodepoint) ? codes.map((code) => String.fromCodePoint(code)).join('') : null;
  },
};

export const textRowFunctions = rowTable({
  substring: { params: ['string', 'long', 'long'], required: 2, result: 'string', compute: substring },
  split: { params: ['string', 'string', 'long'], required: 2, result: 'dynamic', compute: split },
  indexof: { params: ['string', 'string', 'long', 'long', 'long'], required: 2, result: 'long', compute: indexOf },
  count_plain: {
    params: ['string', 'string'],
    result: 'long',
    compute: (text: string, searched: string) => BigInt(countPlain(text, searched)),
  },
  strcat_delim: {
    params: ['string', 'string'],
    variadic: true,
    result: 'string',
    compute: (separator: string, parts: readonly Dynamic[]) => joined(parts, separator),
  },
  strcat_array: strcatArray,
  array_strcat: strcatArray,
  replace_strings: {
    params: ['string', 'dynamic', 'dynamic'],
    result: 'string',
    compute: (text: string, lookup: Dynamic, rewrite: Dynamic) =>
      isArray(lookup) && isArray(rewrite) ? replaceAll(text, lookup, rewrite) : text,
  },
  replace_string: {
    params: ['string', 'string', 'string'],
    result: 'string',
    compute: (text: string, searched: string, rewrite: string) => replaceAll(text, [searched], [rewrite]),
  },
  translate: { params: ['string', 'string', 'string'], result: 'string', compute: translate },
  strrep: { params: ['string', 'long', 'string'], required: 2, result: 'string', compute: repeat },
  reverse: {
    params: ['string'],
    result: 'string',
    compute: (text: string) => [...characters(text)].reverse().join(''),
  },
  string_size: {
    params: ['string'],
    result: 'long',
    compute: (text: string) => BigInt(Buffer.byteLength(text, 'utf8')),
  },
  strcmp: {
    params: ['string', 'string'],
    result: 'long',
    compute: (left: string, right: string) => (left === right ? 0n : left < right ? -1n : 1n),
  },
  regex_quote: { params: ['string'], result: 'string', compute: escapePattern },
  format_bytes: { params: ['real', 'long', 'string'], required: 1, result: 'string', compute: formatBytes },
  has_any_index: {
    params: ['string', 'dynamic'],
    result: 'long',
    compute: (text: string, list: Dynamic) => {
      if (!isArray(list)) return null;
      const lower = text.toLowerCase();
      return BigInt(
        list.findIndex((item) => lower.includes((typeof item === 'string' ? item : printDynamic(item)).toLowerCase())),
      );
    },
  },
  unicode_codepoints_from_string: toCodepoints,
  to_utf8: toCodepoints,
  unicode_codepoints_to_string: fromCodepoints,
  make_string: fromCodepoints,
  isascii: { params: ['string'], result: 'bool', compute: (text: string) => /^[\u0000-\u007f]*$/.test(text) },
  isutf8: { params: ['string'], result: 'bool', compute: (text: string) => text.isWellFormed() },
});
