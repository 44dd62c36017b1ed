import { hasChar, newlines, wordChars, type CharSet } from './char-set.ts';
import { createNfa, type Nfa, type NfaState } from './nfa.ts';
import { parseRegex } from './parse-regex.ts';
import type { Assertion } from './syntax.ts';

/**
 * Whether an expression is found anywhere in a text. The time is linear in the text, whatever both hold: nothing is ever tried twice. How
 * much a character takes depends on the expression: where states have to be made all the time, one may take thousands of steps, and the
 * meter says when that is enough.
 */
export type LinearRegex = (text: string, meter?: WorkMeter) => boolean;

/** How many steps are left; below 0 the search was given up, and what it gave says nothing. */
export interface WorkMeter {
  left: number;
}

/** What stands before a position, as far as assertions ask. */
type Before = 'start' | 'word' | 'newline' | 'other';

interface DfaState {
  readonly nfa: readonly number[];
  readonly before: Before;
  /** By class of the next character; the last class is the end of the text. Null is a match. */
  readonly next: (DfaState | null | undefined)[];
}

const mostDfaStates = 1000;

/** Throws a RegexProblem for what is beyond a linear engine. */
export const compileLinearRegex = (source: string, flags: string): LinearRegex => {
  const nfa = createNfa(parseRegex(source, flags));
  const classes = createClasses(nfa);
  // Where nothing asks what stands before, states must not differ by it: `.{1000,}` has a thousand already.
  const asks = nfa.states.some(({ kind }) => kind === 'assert');
  const beforeNext = (sample: number | undefined): Before => (asks && sample !== undefined ? kindOf(sample) : 'other');
  let states = new Map<string, DfaState>();
  const stateOf = (set: readonly number[], before: Before): DfaState => {
    const key = `${before} ${set.join(',')}`;
    const known = states.get(key);
    if (known !== undefined) return known;
    // Forgetting keeps memory bounded; what is still needed is built again.
    if (states.size >= mostDfaStates) states = new Map();
    const state: DfaState = { nfa: set, before, next: [] };
    states.set(key, state);
    return state;
  };
  const step = (state: DfaState, kind: number, meter: WorkMeter | undefined): DfaState | null => {
    const sample = classes.samples[kind];
    const closure = closeOver(nfa, state.nfa, (assertion) => holds(assertion, state.before, sample));
    if (meter !== undefined) meter.left -= closure.size + state.nfa.length;
    if (closure.has(0)) return null;
    // Another attempt begins at every position.
    const after = new Set<number>([nfa.start]);
    if (sample !== undefined) {
      for (const index of closure) {
        const one = nfa.states[index];
        if (one?.kind === 'chars' && hasChar(one.set, sample)) after.add(one.to);
      }
    }
    return stateOf(
      [...after].sort((a, b) => a - b),
      beforeNext(sample),
    );
  };
  const first = stateOf([nfa.start], asks ? 'start' : 'other');
  const { ascii, classOf, end } = classes;
  return (text, meter) => {
    let state = first;
    for (let index = 0; index <= text.length; index++) {
      let kind = end;
      if (index < text.length) {
        const code = text.charCodeAt(index);
        kind = code < 128 ? (ascii[code] ?? 0) : classOf(code);
      }
      let next = state.next[kind];
      if (next === undefined) {
        next = step(state, kind, meter);
        state.next[kind] = next;
        if (meter !== undefined && meter.left < 0) return false;
      }
      if (next === null) return true;
      state = next;
    }
    return false;
  };
};

/** Every state that is reached without a character. State 0 is the match. */
const closeOver = (
  { states }: Nfa,
  from: readonly number[],
  holdsHere: (assertion: Assertion) => boolean,
): ReadonlySet<number> => {
  const reached = new Set(from);
  for (const index of reached) {
    const state = states[index];
    if (state?.kind === 'split') for (const to of state.to) reached.add(to);
    if (state?.kind === 'assert' && holdsHere(state.assertion)) reached.add(state.to);
  }
  return reached;
};

const kindOf = (code: number): Before =>
  hasChar(wordChars, code) ? 'word' : hasChar(newlines, code) ? 'newline' : 'other';

/** `next` is undefined at the end of the text. */
const holds = (assertion: Assertion, before: Before, next: number | undefined): boolean => {
  const isBoundary = (before === 'word') !== (next !== undefined && hasChar(wordChars, next));
  switch (assertion) {
    case 'text-start':
      return before === 'start';
    case 'text-end':
      return next === undefined;
    case 'line-start':
      return before === 'start' || before === 'newline';
    case 'line-end':
      return next === undefined || hasChar(newlines, next);
    case 'boundary':
      return isBoundary;
    case 'no-boundary':
      return !isBoundary;
  }
};

/** Characters that no part of the expression tells apart are one class. */
const createClasses = ({ states }: Nfa) => {
  const sets = states.flatMap((state: NfaState): CharSet[] => (state.kind === 'chars' ? [state.set] : []));
  const starts = new Set([0]);
  for (const [from, to] of [...sets, wordChars, newlines].flat()) starts.add(from).add(to + 1);
  const edges = Uint32Array.from([...starts].filter((start) => start <= 0xffff).sort((a, b) => a - b));
  const classOf = (code: number): number => {
    let low = 0;
    let high = edges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((edges[middle] ?? 0) <= code) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const ascii = Uint16Array.from({ length: 128 }, (_, code) => classOf(code));
  return { ascii, classOf, samples: [...edges] as readonly (number | undefined)[], end: edges.length };
};
