import type { CharSet } from './char-set.ts';

export type Assertion = 'line-start' | 'line-end' | 'text-start' | 'text-end' | 'boundary' | 'no-boundary';

export type RegexSyntax =
  | { readonly kind: 'chars'; readonly set: CharSet }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'sequence' | 'choice'; readonly of: readonly RegexSyntax[] }
  | { readonly kind: 'repeat'; readonly of: RegexSyntax; readonly least: number; readonly most: number };

/** What a linear-time engine cannot do, or what no engine can read. */
export class RegexProblem extends Error {}
