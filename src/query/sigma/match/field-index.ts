import { readNumber } from '../values/read-number.ts';
import type { Atom } from './atom.ts';
import type { FieldValue } from './field-value.ts';
import type { GramCounts } from './choose-grams.ts';
import { createWordScanner } from './word-scanner.ts';

/** Finds which of a field's atoms hold of a value. */
export interface FieldIndex {
  /** They are in the list until the next call, some perhaps more than once. */
  probe(value: FieldValue): readonly Atom[];
}

/** Texts that are shorter are looked up as a whole. */
const leastScanned = 4;

export interface FieldIndexOptions {
  /** Of the field's grams so far. */
  readonly frequency: GramCounts;
  readonly holds: (atom: Atom, value: FieldValue) => boolean;
}

export const createFieldIndex = (atoms: readonly Atom[], { frequency, holds }: FieldIndexOptions): FieldIndex => {
  const exact = new Map<string, Atom[]>();
  const numbers = new Map<number, Atom[]>();
  const parts = new Map<string, Atom[]>();
  for (const atom of atoms) {
    if (atom.index?.kind === 'exact')
      push(atom.index.text.length < leastScanned ? exact : parts, atom.index.text, atom);
    if (atom.index?.kind === 'part') push(parts, atom.index.text, atom);
    if (atom.index?.kind !== 'number') continue;
    push(exact, String(atom.index.value).toLowerCase(), atom);
    push(numbers, atom.index.value, atom);
  }
  const words = [...parts.values()];
  const scanner = words.length === 0 ? null : createWordScanner([...parts.keys()], frequency);
  const found = new Uint32Array(words.length);
  const longestExact = [...exact.keys()].reduce((most, text) => Math.max(most, text.length), 0);
  const held: Atom[] = [];

  const testAll = (candidates: readonly Atom[] | undefined, value: FieldValue): void => {
    for (const atom of candidates ?? none) if (isSettled(atom) || holds(atom, value)) held.push(atom);
  };
  return {
    probe: (value) => {
      held.length = 0;
      const { text } = value;
      if (exact.size > 0 && text.length <= longestExact) testAll(exact.get(value.lower()), value);
      if (numbers.size > 0 && text.length > 2 && text.charCodeAt(0) === 48 && (text.charCodeAt(1) | 32) === 120) {
        const number = readNumber(value.lower());
        if (number !== null) testAll(numbers.get(number), value);
      }
      const count = scanner?.scan(value, found) ?? 0;
      for (let index = 0; index < count; index++) testAll(words[found[index] as number], value);
      return held;
    },
  };
};

const none: readonly Atom[] = [];

/** What is found is not always what is asked: a part may stand at the wrong place. */
const isSettled = ({ index }: Atom): boolean => index?.kind === 'part' && index.isAll;

const push = <K>(map: Map<K, Atom[]>, key: K, atom: Atom): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [atom]);
  else list.push(atom);
};
