import type { FunctionTable } from '../function-table.ts';
import { sumoRows } from './sumo-row-table.ts';
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

export const sumoParseFunctions: FunctionTable = sumoRows({
  'field-at': {
    params: ['string', 'long', 'string', 'string', 'string'],
    result: 'string',
    compute: (line: string, position: bigint, delim: string, quote: string, escape: string) =>
      splitLine(line, delim, quote, escape)[Number(position) - 1] ?? null,
  },
  'value-of': { params: ['string', 'string'], result: 'string', compute: valueOf },
  'value-by-pattern': { params: ['string', 'string', 'string'], result: 'string', compute: valueByPattern },
});
