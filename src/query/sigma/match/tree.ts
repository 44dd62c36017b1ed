import type { ConditionNode } from '../condition/condition.ts';
import { itemsOf } from '../interpret/interpreter.ts';
import type { DetectionItem, SearchNode, SigmaRule } from '../rule/rule.ts';
import type { Matcher } from '../values/matcher.ts';

/** A boolean tree over numbered atoms. */
export type Tree =
  | { readonly kind: 'atom'; readonly id: number }
  | { readonly kind: 'not'; readonly of: Tree }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Tree[] };

/** A rule over numbered atoms: as a whole, and by the parts that a hit names. */
export interface RuleTree {
  readonly condition: Tree;
  readonly selections: readonly SelectionTree[];
}

export interface SelectionTree {
  readonly name: string;
  readonly tree: Tree;
  readonly items: readonly { readonly item: DetectionItem; readonly tree: Tree }[];
}

/** Gives the number of a matcher on a field. */
export type Intern = (field: string | null, matcher: Exclude<Matcher, { readonly kind: 'any' }>) => number;

export const treeOf = (rule: SigmaRule, intern: Intern): RuleTree => {
  const selections = rule.selections.map(({ name, search }): SelectionTree => {
    const trees = new Map(itemsOf(search).map((item) => [item, itemTree(item, intern)]));
    const items = [...trees].map(([item, tree]) => ({ item, tree }));
    return { name, items, tree: searchTree(search, (item) => trees.get(item) ?? itemTree(item, intern)) };
  });
  const byName = new Map(selections.map(({ name, tree }) => [name, tree]));
  const condition = (node: ConditionNode): Tree => {
    switch (node.kind) {
      case 'selection':
        return byName.get(node.name) ?? { kind: 'or', of: [] };
      case 'not':
        return { kind: 'not', of: condition(node.of) };
      case 'and':
      case 'or':
        return joined(node.kind, node.of.map(condition));
    }
  };
  return { condition: condition(rule.condition), selections };
};

const searchTree = (node: SearchNode, treeOfItem: (item: DetectionItem) => Tree): Tree =>
  node.kind === 'item'
    ? treeOfItem(node.item)
    : joined(
        node.kind,
        node.of.map((one) => searchTree(one, treeOfItem)),
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
