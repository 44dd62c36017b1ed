import ipaddr from 'ipaddr.js';
import type { Json } from '../../model/json.ts';
import type { ColumnInfo } from '../../model/table.ts';
import { isNumeric, type Comparison, type Matcher } from './condition.ts';
import type { MatchKind, Modifiers } from './modifiers.ts';
import { parsePattern, type Pattern } from './pattern.ts';

/** One value of a condition, or what is wrong with it. */
export type ParsedMatcher = Matcher | { readonly problem: string };

export const parseMatcher = (value: Json, column: ColumnInfo, { kind, cased, flags }: Modifiers): ParsedMatcher => {
  switch (kind) {
    case 'exists':
      return typeof value === 'boolean' ? { kind, wanted: value } : { problem: 'exists takes true or false' };
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return parseComparison(value, column, kind);
    case 'cidr':
      return typeof value === 'string' && ipaddr.isValidCIDR(value)
        ? { kind, prefix: value }
        : { problem: 'cidr takes a prefix, for example 198.51.100.0/24' };
    case 're':
      return typeof value === 'string'
        ? { kind: 'regex', source: flags === '' ? value : `(?${flags})${value}` }
        : { problem: 're takes a text' };
    case 'contains':
    case 'startswith':
    case 'endswith':
      return typeof value === 'string' || typeof value === 'number'
        ? { kind: 'pattern', pattern: widen(parsePattern(String(value)), kind), cased }
        : { problem: `${kind} takes a text` };
    case null:
      return parseEqual(value, column, cased);
  }
};

const parseEqual = (value: Json, column: ColumnInfo, cased: boolean): ParsedMatcher => {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  const number = readNumber(value);
  if (number !== null && (typeof value === 'number' || isNumeric(column))) return { kind: 'number', value: number };
  if (typeof value === 'string') return { kind: 'pattern', pattern: parsePattern(value), cased };
  return { problem: `${JSON.stringify(value)} is no single value` };
};

const widen = (pattern: Pattern, kind: MatchKind): Pattern => [
  ...(kind === 'startswith' ? [] : (['any'] as const)),
  ...pattern,
  ...(kind === 'endswith' ? [] : (['any'] as const)),
];

const parseComparison = (value: Json, column: ColumnInfo, operator: Comparison): ParsedMatcher => {
  if (column.type === 'datetime') {
    return typeof value === 'string' && !Number.isNaN(Date.parse(value))
      ? { kind: 'compare', operator, value }
      : { problem: `${operator} takes a time here, in ISO 8601` };
  }
  const number = readNumber(value);
  return number === null ? { problem: `${operator} takes a number` } : { kind: 'compare', operator, value: number };
};

/** A number, or a text that is one. */
const readNumber = (value: Json): number | null => {
  if (typeof value === 'string' && value.trim() === '') return null;
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : null;
};
