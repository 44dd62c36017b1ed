import type { Matcher } from '../values/matcher.ts';
import { parseRegex } from '../regex/parse-regex.ts';
import { requiredLiteral } from '../regex/required-literal.ts';
import { literalOf, mapLiterals, type Pattern } from '../values/pattern.ts';
import type { FieldValue } from './field-value.ts';
import { compilePattern } from './test-pattern.ts';

/** One matcher of one field, shared by all rules that ask the same. */
export interface Atom {
  readonly id: number;
  /** Null: any field of the event. */
  readonly field: string | null;
  readonly matcher: Exclude<Matcher, { readonly kind: 'any' }>;
  readonly index: AtomIndex | null;
  /** Of one text. Null when the atom has to see the value itself. */
  readonly test: ((value: FieldValue) => boolean) | null;
}

/** How an index finds the atom: by the whole folded text, or by a part that every match has. */
export type AtomIndex =
  | { readonly kind: 'exact'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  /** `isAll`: whatever has the part matches. */
  | { readonly kind: 'part'; readonly text: string; readonly isAll: boolean };

/** Runs a regular expression of a rule within that rule's budget. */
export type RegexTest = (source: string, flags: string) => (text: string) => boolean;

export const createAtom = (id: number, field: string | null, matcher: Atom['matcher'], regex: RegexTest): Atom => ({
  id,
  field,
  matcher,
  index: indexOf(matcher),
  test: testOf(matcher, regex),
});

const foldPattern = (pattern: Pattern): Pattern =>
  mapLiterals(pattern, (literal) => [{ literal: literal.toLowerCase() }]);

const testOf = (matcher: Atom['matcher'], regex: RegexTest): Atom['test'] => {
  if (matcher.kind === 'text') {
    const test = compilePattern(matcher.cased ? matcher.pattern : foldPattern(matcher.pattern));
    return matcher.cased ? (value) => test(value.text) : (value) => test(value.lower());
  }
  if (matcher.kind !== 'regex') return null;
  const test = regex(matcher.source, matcher.flags);
  return (value) => test(value.text);
};

const indexOf = (matcher: Atom['matcher']): AtomIndex | null => {
  if (matcher.kind === 'number') return { kind: 'number', value: matcher.value };
  if (matcher.kind === 'regex') return partIndex(requiredLiteral(parseRegex(matcher.source, matcher.flags)));
  if (matcher.kind !== 'text') return null;
  const folded = foldPattern(matcher.pattern);
  const whole = literalOf(folded);
  if (whole !== null) return { kind: 'exact', text: whole };
  const literals = folded.flatMap((token) => (typeof token === 'object' ? [token.literal] : []));
  return partIndex(
    literals.reduce<string | null>((best, text) => (text.length > (best?.length ?? 0) ? text : best), null),
    !matcher.cased && folded.length === 3 && folded[0] === 'any' && folded[2] === 'any',
  );
};

const partIndex = (text: string | null, isAll = false): AtomIndex | null =>
  text === null || text === '' ? null : { kind: 'part', text, isAll };
