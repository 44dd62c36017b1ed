import type { Atom, AtomIndex } from './atom.ts';
import type { Tree } from './tree.ts';

/**
 * Atoms of which at least one holds whenever the tree holds: a rule need not be looked at before one of them does. Among several
 * such sets the one that events are least likely to meet. Null when there is none, and the rule has to be tried on every event.
 */
export const triggersOf = (tree: Tree, atoms: readonly Atom[], shares: readonly number[]): readonly number[] | null => {
  const found = best(tree, atoms, shares);
  return found === null ? null : [...new Set(found.ids)];
};

interface Candidate {
  readonly ids: readonly number[];
  readonly cost: number;
}

const best = (tree: Tree, atoms: readonly Atom[], shares: readonly number[]): Candidate | null => {
  switch (tree.kind) {
    case 'atom': {
      const atom = atoms[tree.id];
      return atom?.index == null ? null : { ids: [tree.id], cost: (shares[tree.id] ?? 0) + costOf(atom.index) };
    }
    case 'not':
      return bestOfNot(tree.of, atoms, shares);
    case 'and':
      return tree.of.reduce<Candidate | null>((least, one) => {
        const candidate = best(one, atoms, shares);
        return candidate !== null && (least === null || candidate.cost < least.cost) ? candidate : least;
      }, null);
    case 'or': {
      const candidates = tree.of.map((one) => best(one, atoms, shares));
      if (candidates.includes(null)) return null;
      const all = candidates.filter((candidate) => candidate !== null);
      return { ids: all.flatMap(({ ids }) => ids), cost: all.reduce((sum, { cost }) => sum + cost, 0) };
    }
  }
};

/** `not not x` is x; `not (a or b)` holds nothing that an index could find. */
const bestOfNot = (tree: Tree, atoms: readonly Atom[], shares: readonly number[]): Candidate | null => {
  switch (tree.kind) {
    case 'not':
      return best(tree.of, atoms, shares);
    case 'atom':
      return null;
    case 'and':
      return best({ kind: 'or', of: tree.of.map((of) => ({ kind: 'not', of })) }, atoms, shares);
    case 'or':
      return best({ kind: 'and', of: tree.of.map((of) => ({ kind: 'not', of })) }, atoms, shares);
  }
};

/** What the sample does not tell: short text is met sooner or later. */
const costOf = (index: AtomIndex): number => {
  if (index.kind === 'number') return 0.002;
  const length = Math.max(1, index.text.length);
  return (index.kind === 'exact' ? 0.01 : 0.05) / length ** 2;
};
