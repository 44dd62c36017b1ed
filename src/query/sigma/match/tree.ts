import type { ConditionNode } from '../condition/condition.ts';
import type { DetectionItem, SearchNode, SigmaRule } from '../rule/rule.ts';
import type { Matcher } from '../values/matcher.ts';

/** A rule as a boolean tree over numbered atoms. */
export type Tree =
  | { readonly kind: 'atom'; readonly id: number }
  | { readonly kind: 'not'; readonly of: Tree }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Tree[] };

/** Gives the number of a matcher on a field. */
export type Intern = (field: string | null, matcher: Exclude<Matcher, { readonly kind: 'any' }>) => number;

export const treeOf = (rule: SigmaRule, intern: Intern): Tree => {
  const selections = new Map(rule.selections.map(({ name, search }) => [name, searchTree(search, intern)]));
  const condition = (node: ConditionNode): Tree => {
    switch (node.kind) {
      case 'selection':
        return selections.get(node.name) ?? { kind: 'or', of: [] };
      case 'not':
        return { kind: 'not', of: condition(node.of) };
      case 'and':
      case 'or':
        return joined(node.kind, node.of.map(condition));
    }
  };
  return condition(rule.condition);
};

const searchTree = (node: SearchNode, intern: Intern): Tree =>
  node.kind === 'item'
    ? itemTree(node.item, intern)
    : joined(
        node.kind,
        node.of.map((one) => searchTree(one, intern)),
      );

const itemTree = ({ field, matchers, all, negated }: DetectionItem, intern: Intern): Tree => {
  const tree = joined(
    all ? 'and' : 'or',
    matchers.map((matcher) => matcherTree(field, matcher, intern)),
  );
  return negated ? { kind: 'not', of: tree } : tree;
};

const matcherTree = (field: string | null, matcher: Matcher, intern: Intern): Tree =>
  matcher.kind === 'any'
    ? joined(
        'or',
        matcher.of.map((one) => matcherTree(field, one, intern)),
      )
    : { kind: 'atom', id: intern(field, matcher) };

const joined = (kind: 'and' | 'or', of: readonly Tree[]): Tree => {
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind, of };
};
