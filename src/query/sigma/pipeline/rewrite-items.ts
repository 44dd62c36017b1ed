import type { DetectionItem, SearchNode } from '../rule/rule.ts';

/** Replaces items of a search: by another search, or by nothing (null). A search without items is null. */
export const rewriteItems = (
  node: SearchNode,
  rewrite: (item: DetectionItem) => SearchNode | null,
): SearchNode | null => {
  if (node.kind === 'item') return rewrite(node.item);
  const of = node.of.map((one) => rewriteItems(one, rewrite)).filter((one) => one !== null);
  const [only] = of;
  if (only === undefined) return null;
  return of.length === 1 ? only : { kind: node.kind, of };
};
