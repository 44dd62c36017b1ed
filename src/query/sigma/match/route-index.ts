import type { LogScalar } from '../../../model/log-event.ts';
import type { Atom } from './atom.ts';
import { createFieldIndex, type FieldIndex } from './field-index.ts';
import type { Tree } from './tree.ts';
import { triggersOf } from './triggers.ts';

/** Finds the rules that an event may match. */
export interface RouteIndex {
  readonly slots: readonly { readonly field: string; readonly index: FieldIndex }[];
  /** Over every field of the event. */
  readonly keywords: FieldIndex | null;
  /** By atom, the rules to try when it holds. */
  readonly rulesOf: readonly (readonly number[])[];
  /** Rules that no index finds. */
  readonly always: readonly number[];
  /** Whether the index finds the atom wherever it holds. */
  covers(atom: number): boolean;
  readonly size: { readonly indexed: number; readonly states: number; readonly unindexed: number };
}

/** `shares`: by atom, the share of events in which it held so far. */
export const createRouteIndex = (
  atoms: readonly Atom[],
  trees: readonly Tree[],
  shares: readonly number[],
  holds: (atom: Atom, value: LogScalar, lower: string) => boolean,
  caching: boolean,
): RouteIndex => {
  const triggers = trees.map((tree) => triggersOf(tree, atoms, shares));
  const rulesOf: number[][] = atoms.map(() => []);
  for (const [rule, ids] of triggers.entries()) for (const id of ids ?? []) rulesOf[id]?.push(rule);
  const always = triggers.flatMap((ids, rule) => (ids === null ? [rule] : []));
  const covered = Uint8Array.from(rulesOf, (list) => (list.length > 0 ? 1 : 0));
  const indexed = atoms.filter(({ id }) => covered[id] === 1);
  const indexFor = (field: string | null): FieldIndex =>
    createFieldIndex(
      indexed.filter((atom) => atom.field === field),
      holds,
      caching,
    );
  const fields = [...new Set(indexed.map(({ field }) => field))];
  const slots = fields.flatMap((field) => (field === null ? [] : [{ field, index: indexFor(field) }]));
  const keywords = fields.includes(null) ? indexFor(null) : null;
  return {
    slots,
    keywords,
    rulesOf,
    always,
    covers: (atom) => covered[atom] === 1,
    size: {
      indexed: indexed.length,
      states: slots.reduce((sum, { index }) => sum + index.states, keywords?.states ?? 0),
      unindexed: always.length,
    },
  };
};
