import type { Atom, AtomIndex } from './atom.ts';
import type { Tree } from './tree.ts';

/**
 * Atoms of which at least one holds whenever the tree holds: a rule need not be looked at before one of them does. Among several
 * such sets the one that common text is least likely to meet. Null when there is none, and the rule has to be tried on every event.
 */
export const triggersOf = (tree: Tree, atoms: readonly Atom[]): readonly number[] | null => {
  const found = best(tree, atoms);
  return found === null ? null : [...new Set(found.ids)];
};

interface Candidate {
  readonly ids: readonly number[];
  readonly cost: number;
}

const best = (tree: Tree, atoms: readonly Atom[]): Candidate | null => {
  switch (tree.kind) {
    case 'atom': {
      const atom = atoms[tree.id];
      return atom?.index == null ? null : { ids: [tree.id], cost: costOf(atom.index, atom.field) };
    }
    case 'not':
      return bestOfNot(tree.of, atoms);
    case 'and':
      return tree.of.reduce<Candidate | null>((least, one) => {
        const candidate = best(one, atoms);
        return candidate !== null && (least === null || candidate.cost < least.cost) ? candidate : least;
      }, null);
    case 'or': {
      const candidates = tree.of.map((one) => best(one, atoms));
      if (candidates.includes(null)) return null;
      const all = candidates.filter((candidate) => candidate !== null);
      return { ids: all.flatMap(({ ids }) => ids), cost: all.reduce((sum, { cost }) => sum + cost, 0) };
    }
  }
};

/** `not not x` is x; `not (a or b)` holds nothing that an index could find. */
const bestOfNot = (tree: Tree, atoms: readonly Atom[]): Candidate | null => {
  switch (tree.kind) {
    case 'not':
      return best(tree.of, atoms);
    case 'atom':
      return null;
    case 'and':
      return best({ kind: 'or', of: tree.of.map((of) => ({ kind: 'not', of })) }, atoms);
    case 'or':
      return best({ kind: 'and', of: tree.of.map((of) => ({ kind: 'not', of })) }, atoms);
  }
};

// Text that most command lines and paths hold: a rule that waits for it waits for nothing.
const common = [
  'c:\\windows\\system32\\',
  'c:\\windows\\syswow64\\',
  'c:\\program files (x86)\\',
  'c:\\users\\',
  '\\appdata\\local\\temp\\',
  'powershell.exe',
  'cmd.exe',
  'rundll32.exe',
  'svchost.exe',
  'explorer.exe',
  'microsoft',
  'http://',
  'https://',
  'nt authority\\system',
  '/usr/bin/',
  '/bin/bash',
];

/** About how often an event that is unrelated meets it, relative to others. */
const costOf = (index: AtomIndex, field: string | null): number => {
  if (index.kind === 'number') return field === 'EventID' ? 0.2 : 0.3;
  const { text } = index;
  const expected = 1 / Math.max(1, text.length) ** 2 + (common.some((one) => one.includes(text)) ? 1 : 0);
  return index.kind === 'exact' ? expected / 4 : expected;
};
