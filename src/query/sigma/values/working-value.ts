import type { Json } from '../../../model/json.ts';
import type { Matcher, Where } from './matcher.ts';
import { joinLiterals, parsePattern, type Pattern } from './pattern.ts';

/** A text on its way through the modifiers. */
export interface TextValue {
  readonly kind: 'text';
  /** As written, before wildcards are read; null once it has been encoded. */
  readonly written: string | null;
  readonly pattern: Pattern;
  /** Whether the characters of the pattern are bytes, after `wide` and its kin. */
  readonly bytes: boolean;
  readonly where: Where;
  readonly cased: boolean;
}

/** A value while its modifiers are applied, from left to right. */
export type WorkingValue =
  | TextValue
  | Exclude<Matcher, { readonly kind: 'text' | 'any' }>
  | { readonly kind: 'any'; readonly of: readonly WorkingValue[] };

export const toWorkingValue = (value: Json): WorkingValue | null => {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number') return { kind: 'number', value };
  return typeof value === 'string' ? textValue(value) : null;
};

export const textValue = (written: string): TextValue => ({
  kind: 'text',
  written,
  pattern: parsePattern(written),
  bytes: false,
  where: 'equals',
  cased: false,
});

/** The value as it is compared. Keywords are found anywhere. */
export const toMatcher = (value: WorkingValue, isKeyword: boolean): Matcher => {
  if (value.kind === 'any') return { kind: 'any', of: value.of.map((one) => toMatcher(one, isKeyword)) };
  if (value.kind === 'text') return textMatcher(isKeyword ? { ...value, where: 'contains' } : value);
  if (!isKeyword || (value.kind !== 'number' && value.kind !== 'boolean')) return value;
  return textMatcher({ ...textValue(String(value.value)), where: 'contains' });
};

const textMatcher = ({ pattern, where, cased }: TextValue): Matcher => ({
  kind: 'text',
  cased,
  pattern: joinLiterals([
    ...(where === 'contains' || where === 'endswith' ? (['any'] as const) : []),
    ...pattern,
    ...(where === 'contains' || where === 'startswith' ? (['any'] as const) : []),
  ]),
});
