import { isAlias, isMap, isPair, isScalar, isSeq, type Document, type Node, type Pair } from 'yaml';

/** Keys and list indices from the root of a document. */
export type Path = readonly PropertyKey[];

type Found = Pair | Node;

/** The pair (in a mapping) or the item (in a list) at a path; null when nothing is there. */
export const findAt = (document: Document, path: Path): Found | null => {
  let found: Found | null = document.contents;
  for (const step of path) {
    const node = resolveAlias(document, isPair(found) ? (found.value as Node | null) : found);
    if (isMap(node)) found = node.items.find((pair) => keyOf(pair) === String(step)) ?? null;
    else if (isSeq(node)) found = (node.items[Number(step)] as Found | undefined) ?? null;
    else return null;
  }
  return found;
};

/** The node that holds the value at a path, aliases followed. */
export const valueAt = (document: Document, path: Path): Node | null => {
  const found = findAt(document, path);
  return resolveAlias(document, isPair(found) ? (found.value as Node | null) : found);
};

/** Start and end offset of the key or of the value at a path; of the nearest thing above it when there is nothing. */
export const rangeAt = (document: Document, path: Path, part: 'key' | 'value'): readonly [number, number] => {
  const found = findAt(document, path);
  if (found === null) return path.length === 0 ? [0, 0] : rangeAt(document, path.slice(0, -1), 'key');
  const key = isPair(found) ? (found.key as Node | null) : null;
  const value = isPair(found) ? (found.value as Node | null) : found;
  const range = (part === 'key' ? (key ?? value) : (value ?? key))?.range;
  // An empty value has an empty range somewhere behind its key: nothing that a caret could stand under.
  if (part === 'value' && key !== null && range?.[0] === range?.[1]) return rangeAt(document, path, 'key');
  return range == null ? [0, 0] : [range[0], range[1]];
};

const keyOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

const resolveAlias = (document: Document, node: Node | null): Node | null =>
  isAlias(node) ? (node.resolve(document) ?? null) : node;
