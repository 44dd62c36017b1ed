import type { Json } from '../../model/json.ts';

/** One thing in full: for people as lines, for programs as a document. */
export interface Shown {
  readonly kind: 'atomic' | 'technique' | 'detection' | 'scenario' | 'run';
  readonly lines: readonly string[];
  readonly json: Readonly<Record<string, Json>>;
}

/** `name`, and what it is; a text of several lines stands below one another. */
export const fact = (name: string, value: string): string =>
  `  ${name.padEnd(14)}${value
    .trimEnd()
    .split('\n')
    .join(`\n${' '.repeat(16)}`)}`;

/** Facts that there are. */
export const facts = (entries: readonly (readonly [string, string])[]): readonly string[] =>
  entries.filter(([, value]) => value !== '').map(([name, value]) => fact(name, value));
