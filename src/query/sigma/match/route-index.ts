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
  probe(view: EventView): void;
}

interface IndexedSlot {
  readonly slot: number;
  readonly index: FieldIndex;
}

/** `sample`: events by which rare parts of texts are told from common ones. */
export const createRouteIndex = (
  atoms: readonly Atom[],
  view: EventView,
  sample: readonly Fields[],
  onAtom: (atom: Atom) => void,
): RouteIndex => {
  const suspect = (atom: Atom, value: FieldValue): void => {
    if (view.holdsFor(atom, value)) onAtom(atom);
  };
  // Keywords may stand in any field: they are looked for together with what is asked of the field itself.
  const keywords = atoms.filter(({ field }) => field === null);
  const named = new Set<string>();
  const slots: IndexedSlot[] = [];
  for (const [field, asked] of Map.groupBy(atoms, (atom) => atom.field)) {
    if (field === null) continue;
    named.add(field);
    const index = createFieldIndex([...asked, ...keywords], countGrams(textsOf(sample, field)), suspect);
    slots.push({ slot: view.slotOf(field), index });
  }
  const others = keywords.length === 0 ? null : createFieldIndex(keywords, countGrams(textsOf(sample, null)), suspect);
  const item = new FieldValue();
  const probeAny = (index: FieldIndex, found: LogValue | undefined): void => {
    if (found === undefined || found === null) return;
    if (!isList(found)) index.probe(item.set(found));
    else for (const one of found) if (one !== null) index.probe(item.set(one));
  };
  return {
    probe: () => {
      for (let at = 0; at < slots.length; at++) {
        const { slot, index } = slots[at] as IndexedSlot;
        const found = view.read(slot);
        if (found === undefined || found === null) continue;
        if (isList(found)) probeAny(index, found);
        else index.probe(view.value(slot));
      }
      if (others === null) return;
      const fields = view.fields();
      for (const name in fields) if (!named.has(name)) probeAny(others, fields[name]);
    },
  };
};

const mostTexts = 2000;

const textsOf = (sample: readonly Fields[], field: string | null): readonly string[] =>
  sample
    .flatMap((fields) => (field === null ? Object.values(fields) : [fields[field]]))
    .flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : []))
    .slice(0, mostTexts);
