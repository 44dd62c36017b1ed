import type { LogScalar } from '../../../model/log-event.ts';
import { readNumber } from '../values/read-number.ts';
import type { Atom } from './atom.ts';
import { createAutomaton, type Automaton } from './automaton.ts';
import { createValueCache, type ValueCache } from './value-cache.ts';

/** Finds which of a field's atoms a value satisfies. */
export interface FieldIndex {
  probe(value: LogScalar): readonly number[];
  readonly states: number;
}

const none: readonly number[] = [];

/** `holds` decides what the index only suspects. */
export const createFieldIndex = (
  atoms: readonly Atom[],
  holds: (atom: Atom, value: LogScalar, lower: string) => boolean,
  caching: boolean,
): FieldIndex => {
  const exact = new Map<string, Atom[]>();
  const numbers = new Map<number, Atom[]>();
  const parts = new Map<string, Atom[]>();
  for (const atom of atoms) {
    if (atom.index?.kind === 'exact') push(exact, atom.index.text, atom);
    if (atom.index?.kind === 'part') push(parts, atom.index.text, atom);
    if (atom.index?.kind !== 'number') continue;
    push(exact, String(atom.index.value).toLowerCase(), atom);
    push(numbers, atom.index.value, atom);
  }
  const words = [...parts.values()];
  const automaton: Automaton | null = words.length === 0 ? null : createAutomaton([...parts.keys()]);
  const suspects = new Uint32Array(words.length);
  const cache: ValueCache<readonly number[]> | null = caching ? createValueCache() : null;

  const collect = (candidates: readonly Atom[] | undefined, value: LogScalar, lower: string, found: number[]): void => {
    if (candidates === undefined) return;
    for (const atom of candidates) if (holds(atom, value, lower)) found.push(atom.id);
  };
  const search = (value: LogScalar, text: string): readonly number[] => {
    const lower = text.toLowerCase();
    const found: number[] = [];
    collect(exact.get(lower), value, lower, found);
    if (numbers.size > 0 && lower.startsWith('0x')) {
      const number = readNumber(lower);
      if (number !== null && String(number) !== lower) collect(numbers.get(number), value, lower, found);
    }
    if (automaton !== null) {
      const count = automaton.scan(lower, suspects, 0);
      for (let index = 0; index < count; index++) collect(words[suspects[index] ?? 0], value, lower, found);
    }
    return found.length === 0 ? none : found;
  };
  return {
    states: automaton?.states ?? 0,
    probe: (value) => {
      if (value === null) return none;
      if (typeof value !== 'string') return search(value, String(value));
      const known = cache?.get(value);
      if (known !== undefined) return known;
      const found = search(value, value);
      cache?.set(value, found);
      return found;
    },
  };
};

const push = <K>(map: Map<K, Atom[]>, key: K, atom: Atom): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [atom]);
  else list.push(atom);
};
