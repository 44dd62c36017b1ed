import type { LogValue } from '../../../model/log-event.ts';
import type { Fields } from '../interpret/match-value.ts';
import { isList } from '../interpret/read-field.ts';
import type { Atom } from './atom.ts';
import { countGrams } from './choose-grams.ts';
import type { EventView } from './event-view.ts';
import { createFieldIndex, type FieldIndex } from './field-index.ts';
import { FieldValue } from './field-value.ts';

/** Finds the atoms, of some of a route's, that hold of an event. */
export interface RouteIndex {
  /** Calls `onAtom` for each of them, perhaps more than once. */
  probe(): void;
}

interface IndexedSlot {
  readonly slot: number;
  readonly index: FieldIndex;
}

export interface RouteIndexOptions {
  /** Events by which rare parts of texts are told from common ones. */
  readonly sample: readonly Fields[];
  readonly holds: (atom: Atom, value: FieldValue) => boolean;
  readonly onAtom: (atom: Atom) => void;
}

export const createRouteIndex = (
  atoms: readonly Atom[],
  view: EventView,
  { sample, holds, onAtom }: RouteIndexOptions,
): RouteIndex => {
  const indexOf = (asked: readonly Atom[], field: string | null): FieldIndex =>
    createFieldIndex(asked, {
      frequency: countGrams(textsOf(sample, field)),
      holds,
    });
  // Keywords may stand in any field: they are looked for together with what is asked of the field itself.
  const keywords = atoms.filter(({ field }) => field === null);
  const slots: IndexedSlot[] = [];
  for (const [field, asked] of Map.groupBy(atoms, (atom) => atom.field))
    if (field !== null) slots.push({ slot: view.slotOf(field), index: indexOf([...asked, ...keywords], field) });
  const others = keywords.length === 0 ? null : indexOf(keywords, null);
  if (others !== null)
    for (let slot = 0; slot < view.slots(); slot++)
      if (!slots.some((known) => known.slot === slot)) slots.push({ slot, index: others });
  const item = new FieldValue();
  const probe = (index: FieldIndex, value: FieldValue): void => {
    const held = index.probe(value);
    for (let at = 0; at < held.length; at++) onAtom(held[at] as Atom);
  };
  const probeAny = (index: FieldIndex, found: LogValue): void => {
    if (found === null) return;
    if (!isList(found)) probe(index, item.set(found));
    else for (const one of found) if (one !== null) probe(index, item.set(one));
  };
  const probeOther = (found: LogValue): void => {
    if (others !== null) probeAny(others, found);
  };
  return {
    probe: () => {
      for (let at = 0; at < slots.length; at++) {
        const { slot, index } = slots[at] as IndexedSlot;
        const found = view.read(slot);
        if (found === undefined || found === null) continue;
        if (isList(found)) probeAny(index, found);
        else probe(index, view.value(slot));
      }
      if (others !== null) view.forOthers(probeOther);
    },
  };
};

const mostTexts = 2000;

const textsOf = (sample: readonly Fields[], field: string | null): readonly string[] =>
  sample
    .flatMap((fields) => (field === null ? Object.values(fields) : [fields[field]]))
    .flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : []))
    .slice(0, mostTexts);
