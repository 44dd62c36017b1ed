import type { FunctionTable } from '../function-table.ts';
import { sumoRows } from './sumo-row-table.ts';
import { xmlAt } from '../../values/xml-path.ts';
import { javaPattern } from './sumo-regex.ts';

/** The fields of a delimited line; a quote protects delimiters, an escape the character behind it. */
const splitLine = (line: string, delim: string, quote: string, escape: string): readonly string[] => {
  const fields: string[] = [''];
  let quoted = false;
  const append = (text: string): void => {
    fields[fields.length - 1] += text;
  };
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === escape && quoted && at + 1 < line.length) append(line.charAt(++at));
    else if (char === quote && quote !== '') quoted = !quoted;
    else if (!quoted && delim !== '' && line.startsWith(delim, at)) {
      fields.push('');
      at += delim.length - 1;
    } else append(char);
  }
  return fields;
};

const pairs = /([^\s=,;|]+)\s*[=:]\s*(?:"((?:\\.|[^"\\])*)"|([^\s,;|]*))/g;

const valueOf = (text: string, key: string): string | null => {
  for (const [, name, quoted, plain] of text.matchAll(pairs)) if (name === key) return quoted ?? plain ?? null;
  return null;
};

/** The value beside a key, where an expression says how pairs are written: its groups are key and value. */
const valueByPattern = (text: string, key: string, pattern: string): string | null => {
  const expression = javaPattern(pattern);
  for (const match of text.matchAll(new RegExp(expression.source, `${expression.flags}g`)))
    if (match[1] === key) return match[2] ?? null;
  return null;
};

/** `json auto` gives no more fields than this. */
const mostFields = 100;

/** A JSON object as one bag: `a.b` for what lies in `a`; lists as their text, or item by item. */
const flattened = (text: string, arrays: boolean): string => {
  const fields = new Map<string, unknown>();
  const visit = (path: string, value: unknown): void => {
    if (Array.isArray(value) && arrays)
      value.forEach((item, index) => {
        visit(`${path}[${index}]`, item);
      });
    else if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [key, inner] of Object.entries(value)) visit(path === '' ? key : `${path}.${key}`, inner);
    else if (path !== '' && fields.size < mostFields)
      fields.set(path, Array.isArray(value) ? JSON.stringify(value) : value);
  };
  try {
    visit('', JSON.parse(text));
  } catch {
    return '{}';
  }
  return JSON.stringify(Object.fromEntries(fields));
};

/** Every key with its value; of a key that comes twice the last. */
const allPairs = (text: string, delim: string): string => {
  const divider = delim === '' ? '(?:->|[=:])' : delim.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`([^\\s=,;|:"{}]+)\\s*${divider}\\s*(?:"((?:\\\\.|[^"\\\\])*)"|([^\\s,;|}]+))`, 'g');
  const found = [...text.matchAll(pattern)]
    .slice(0, mostFields)
    .map(([, key = '', quoted, plain]) => [key, quoted ?? plain]);
  return JSON.stringify(Object.fromEntries(found));
};

export const sumoParseFunctions: FunctionTable = sumoRows({
  'json-auto': { params: ['string', 'bool'], result: 'dynamic', onNull: '{}', compute: flattened },
  pairs: { params: ['string', 'string'], result: 'dynamic', onNull: '{}', compute: allPairs },
  xpath: { params: ['string', 'string'], result: 'string', compute: xmlAt },
  'field-at': {
    params: ['string', 'long', 'string', 'string', 'string'],
    result: 'string',
    compute: (line: string, position: bigint, delim: string, quote: string, escape: string) =>
      splitLine(line, delim, quote, escape)[Number(position) - 1] ?? null,
  },
  'value-of': { params: ['string', 'string'], result: 'string', compute: valueOf },
  'value-by-pattern': { params: ['string', 'string', 'string'], result: 'string', compute: valueByPattern },
});
