import { readNumber } from '../values/read-number.ts';
import type { Atom } from './atom.ts';
import type { FieldValue } from './field-value.ts';
import type { GramCounts } from './choose-grams.ts';
import { createWordScanner } from './word-scanner.ts';

/** Finds which of a field's atoms a value satisfies. */
export interface FieldIndex {
  /** Calls `suspect` for all of them, perhaps more than once, and for a few others. */
  probe(value: FieldValue): void;
}

/** Texts that are shorter are looked up as a whole. */
const leastScanned = 4;

/** `frequency`: of the field's grams so far. */
export const createFieldIndex = (
  atoms: readonly Atom[],
  frequency: GramCounts,
  suspect: (atom: Atom, value: FieldValue) => void,
): FieldIndex => {
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

  const suspectAll = (candidates: readonly Atom[] | undefined, value: FieldValue): void => {
    if (candidates !== undefined) for (const atom of candidates) suspect(atom, value);
  };
  return {
    probe: (value) => {
      const { text } = value;
      if (exact.size > 0 && text.length <= longestExact) suspectAll(exact.get(value.lower()), value);
      if (numbers.size > 0 && text.length > 2 && text.charCodeAt(0) === 48 && (text.charCodeAt(1) | 32) === 120) {
        const number = readNumber(value.lower());
        if (number !== null) suspectAll(numbers.get(number), value);
      }
      if (scanner === null) return;
      const count = scanner.scan(value, found);
      for (let index = 0; index < count; index++) suspectAll(words[found[index] as number], value);
    },
  };
};

const push = <K>(map: Map<K, Atom[]>, key: K, atom: Atom): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [atom]);
  else list.push(atom);
};
