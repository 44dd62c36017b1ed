import { timeParts, type TimePart } from './time-part.ts';
import type { Comparison, Where } from './matcher.ts';

/** What a modifier does; the names that users write map to these. */
export type Modifier =
  | { readonly kind: 'where'; readonly where: Exclude<Where, 'equals'> }
  | { readonly kind: 'all' | 'neq' | 'exists' | 'cased' | 'windash' | 're' | 'cidr' | 'expand' | 'fieldref' }
  | { readonly kind: 'flag'; readonly flag: 'i' | 'm' | 's' }
  | { readonly kind: 'base64'; readonly offset: boolean }
  | { readonly kind: 'utf16'; readonly form: 'le' | 'be' | 'bom' }
  | { readonly kind: 'compare'; readonly operator: Comparison }
  | { readonly kind: 'time'; readonly part: TimePart };

const table: Readonly<Record<string, Modifier>> = {
  contains: { kind: 'where', where: 'contains' },
  startswith: { kind: 'where', where: 'startswith' },
  endswith: { kind: 'where', where: 'endswith' },
  all: { kind: 'all' },
  neq: { kind: 'neq' },
  exists: { kind: 'exists' },
  cased: { kind: 'cased' },
  windash: { kind: 'windash' },
  re: { kind: 're' },
  i: { kind: 'flag', flag: 'i' },
  m: { kind: 'flag', flag: 'm' },
  s: { kind: 'flag', flag: 's' },
  // pySigma's long names.
  ignorecase: { kind: 'flag', flag: 'i' },
  multiline: { kind: 'flag', flag: 'm' },
  dotall: { kind: 'flag', flag: 's' },
  cidr: { kind: 'cidr' },
  expand: { kind: 'expand' },
  fieldref: { kind: 'fieldref' },
  base64: { kind: 'base64', offset: false },
  base64offset: { kind: 'base64', offset: true },
  wide: { kind: 'utf16', form: 'le' },
  utf16le: { kind: 'utf16', form: 'le' },
  utf16be: { kind: 'utf16', form: 'be' },
  utf16: { kind: 'utf16', form: 'bom' },
  gt: { kind: 'compare', operator: 'gt' },
  gte: { kind: 'compare', operator: 'gte' },
  lt: { kind: 'compare', operator: 'lt' },
  lte: { kind: 'compare', operator: 'lte' },
  ...Object.fromEntries(timeParts.map((part) => [part, { kind: 'time', part } as const])),
};

export const modifierOf = (name: string): Modifier | null =>
  Object.hasOwn(table, name) ? (table[name] ?? null) : null;

export const modifierNames: readonly string[] = Object.keys(table);
