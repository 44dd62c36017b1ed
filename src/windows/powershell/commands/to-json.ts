import { NotImplemented } from '../../os/not-implemented.ts';
import { asNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { Dictionary, PsObject, type Value } from '../values/value.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What lies deeper than `depth` is shown as text. */
const toJson = (value: Value, depth: number): Json => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  const number = asNumber(value);
  if (number !== null) return Number(number.value);
  if (Array.isArray(value)) return depth < 0 ? toText(value) : value.map((item) => toJson(item, depth - 1));
  const entries = value instanceof Dictionary ? value.entries() : value instanceof PsObject ? value.entries() : null;
  if (entries === null) throw new NotImplemented('ConvertTo-Json of this type');
  if (depth < 0) return toText(value);
  return Object.fromEntries(entries.map(([key, item]) => [toText(key), toJson(item, depth - 1)]));
};

/** Windows PowerShell indents by four and puts two blanks behind a colon, and lists under their bracket. */
const render = (json: Json, indent: string): string => {
  if (json === null || typeof json !== 'object') return JSON.stringify(json);
  const isList = Array.isArray(json);
  const entries = isList ? json.map((item) => ['', item] as const) : Object.entries(json);
  const [open, close] = isList ? '[]' : '{}';
  if (entries.length === 0) return `${open ?? ''}\r\n\r\n${indent}${close ?? ''}`;
  const inner = `${indent}    `;
  const body = entries.map(([key, item]) => {
    const name = isList ? '' : `${JSON.stringify(key)}:  `;
    const nested = item !== null && typeof item === 'object' ? `${inner}${' '.repeat(name.length)}` : inner;
    return `${inner}${name}${render(item, nested)}`;
  });
  return `${open ?? ''}\r\n${body.join(',\r\n')}\r\n${indent}${close ?? ''}`;
};

export const asJson = (value: Value, depth: number, compress: boolean): string => {
  const json = toJson(value, depth);
  return compress ? JSON.stringify(json) : render(json, '');
};
