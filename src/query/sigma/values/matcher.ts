import type { Pattern } from './pattern.ts';
import type { TimePart } from './time-part.ts';
import type { Prefix } from './network.ts';

export type Comparison = 'gt' | 'gte' | 'lt' | 'lte';

/** What one value of an item asks of its field. */
export type Matcher =
  /** The whole text, with wildcards. */
  | { readonly kind: 'text'; readonly pattern: Pattern; readonly cased: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Absent or null; an empty text is neither. */
  | { readonly kind: 'null' }
  | { readonly kind: 'exists'; readonly wanted: boolean }
  /** Found anywhere in the text. `flags`: some of i, m, s. */
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string }
  | { readonly kind: 'cidr'; readonly prefix: Prefix }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly value: number }
  | { readonly kind: 'time'; readonly part: TimePart; readonly operator: Comparison | 'eq'; readonly value: number }
  /** The text of another field of the same event. */
  | { readonly kind: 'fieldref'; readonly field: string; readonly where: Where; readonly cased: boolean }
  /** One value that stands for several: any of them matches. */
  | { readonly kind: 'any'; readonly of: readonly Matcher[] };

export type Where = 'equals' | 'contains' | 'startswith' | 'endswith';
