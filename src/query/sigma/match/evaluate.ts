import type { Tree } from './tree.ts';

/** How likely an atom is to hold, 0 to 1, and what it costs to find out, in any unit. */
export interface AtomOdds {
  readonly chance: (id: number) => number;
  readonly cost: (id: number) => number;
}

/** A tree as a function. What most likely settles it, for what it costs, is asked first: that changes the time and never the answer. */
export const compileTree = (tree: Tree, holds: (id: number) => boolean, odds: AtomOdds): (() => boolean) => {
  switch (tree.kind) {
    case 'atom': {
      const { id } = tree;
      return () => holds(id);
    }
    case 'not': {
      const inner = compileTree(tree.of, holds, odds);
      return () => !inner();
    }
    case 'and':
    case 'or': {
      const stopsAt = tree.kind === 'or';
      const parts = tree.of
        .map((one) => ({ one, ...estimate(one, odds) }))
        .map(({ one, chance, cost }) => ({ one, rank: cost / Math.max(1e-6, stopsAt ? chance : 1 - chance) }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => compileTree(one, holds, odds));
      const [first, second] = parts;
      if (parts.length === 2 && first !== undefined && second !== undefined)
        return stopsAt ? () => first() || second() : () => first() && second();
      return () => {
        for (let at = 0; at < parts.length; at++) if ((parts[at] as () => boolean)() === stopsAt) return stopsAt;
        return !stopsAt;
      };
    }
  }
};

interface Estimate {
  readonly chance: number;
  readonly cost: number;
}

const estimate = (tree: Tree, odds: AtomOdds): Estimate => {
  switch (tree.kind) {
    case 'atom':
      return { chance: odds.chance(tree.id), cost: odds.cost(tree.id) };
    case 'not': {
      const { chance, cost } = estimate(tree.of, odds);
      return { chance: 1 - chance, cost };
    }
    case 'and':
    case 'or': {
      const parts = tree.of.map((one) => estimate(one, odds));
      const cost = parts.reduce((sum, part) => sum + part.cost, 0);
      const product = parts.reduce((all, { chance }) => all * (tree.kind === 'and' ? chance : 1 - chance), 1);
      return { chance: tree.kind === 'and' ? product : 1 - product, cost };
    }
  }
};
