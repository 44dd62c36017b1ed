import { assertNever } from '../../../model/assert-never.ts';
import type { CharSet } from './char-set.ts';
import { RegexProblem, type Assertion, type RegexSyntax } from './syntax.ts';

/** A state of Thompson's construction; `to` are indices of states. */
export type NfaState =
  | { readonly kind: 'chars'; readonly set: CharSet; to: number }
  | { readonly kind: 'assert'; readonly assertion: Assertion; to: number }
  | { readonly kind: 'split'; readonly to: number[] }
  | { readonly kind: 'match' };

export interface Nfa {
  readonly states: readonly NfaState[];
  readonly start: number;
}

/** Counted repetitions are written out, so that a short text could ask for any number of states. */
const mostStates = 4000;

export const createNfa = (syntax: RegexSyntax): Nfa => {
  const states: NfaState[] = [];
  const add = (state: NfaState): number => {
    if (states.length >= mostStates) throw new RegexProblem('it is too large: its repetitions come to too many states');
    return states.push(state) - 1;
  };
  /** Builds a part that goes on at `next`; gives where it begins. */
  const build = (node: RegexSyntax, next: number): number => {
    switch (node.kind) {
      case 'chars':
        return add({ kind: 'chars', set: node.set, to: next });
      case 'assert':
        return add({ kind: 'assert', assertion: node.assertion, to: next });
      case 'sequence':
        return node.of.reduceRight((after, one) => build(one, after), next);
      case 'choice':
        return add({ kind: 'split', to: node.of.map((one) => build(one, next)) });
      case 'repeat':
        return repeat(node.of, node.least, node.most, next);
      default:
        return assertNever(node);
    }
  };
  const repeat = (of: RegexSyntax, least: number, most: number, next: number): number => {
    let start = next;
    if (most === Infinity) {
      const loop: NfaState = { kind: 'split', to: [next] };
      start = add(loop);
      loop.to.unshift(build(of, start));
    } else {
      for (let count = least; count < most; count++) start = add({ kind: 'split', to: [build(of, start), next] });
    }
    for (let count = 0; count < least; count++) start = build(of, start);
    return start;
  };
  const match = add({ kind: 'match' });
  return { start: build(syntax, match), states };
};
