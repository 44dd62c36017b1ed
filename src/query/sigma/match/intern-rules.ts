import type { SigmaRule } from '../rule/rule.ts';
import { createAtom, type Atom, type RegexTest } from './atom.ts';
import { treeOf, type Intern, type RuleTree } from './tree.ts';

/** A rule of a route, and the names its fields have there. */
export interface RoutedRule {
  readonly rule: SigmaRule;
  /** Its place in the list that the matcher was given. */
  readonly number: number;
  readonly names: ReadonlyMap<string, string> | null;
}

export interface InternedRules {
  /** Every question that the rules ask, once. */
  readonly atoms: readonly Atom[];
  /** By rule. */
  readonly trees: readonly RuleTree[];
}

export const internRules = (rules: readonly RoutedRule[], regex: RegexTest): InternedRules => {
  const ids = new Map<string, number>();
  const atoms: Atom[] = [];
  const intern: Intern = (field, matcher) => {
    const key = JSON.stringify([field, matcher]);
    const known = ids.get(key);
    if (known !== undefined) return known;
    atoms.push(createAtom(atoms.length, field, matcher, regex));
    ids.set(key, atoms.length - 1);
    return atoms.length - 1;
  };
  const trees = rules.map(({ rule, names }) =>
    treeOf(rule, (field, matcher) =>
      intern(field === null ? null : (names?.get(field) ?? field), renamed(matcher, names)),
    ),
  );
  return { atoms, trees };
};

/** A reference names a field too. */
const renamed = (matcher: Atom['matcher'], names: ReadonlyMap<string, string> | null): Atom['matcher'] =>
  matcher.kind === 'fieldref' && names !== null
    ? { ...matcher, field: names.get(matcher.field) ?? matcher.field }
    : matcher;
