import type { Json } from '../../../model/json.ts';
import type { Path } from '../../../util/yaml/locate.ts';
import { parseItem } from './parse-item.ts';
import type { RuleContext } from './rule-context.ts';
import type { SearchNode } from './rule.ts';

/** A map is an `and` of its keys; a list of maps an `or`; texts in a list are keywords. */
export const parseSelection = (value: Json, path: Path, context: RuleContext): SearchNode | null => {
  if (Array.isArray(value)) return parseList(value as readonly Json[], path, context);
  if (isMap(value)) return parseMap(value, path, context);
  return keywords(value, path, context);
};

const parseList = (values: readonly Json[], path: Path, context: RuleContext): SearchNode | null => {
  if (values.length === 0) {
    context.problems.add(path, 'sigma/empty-list', 'a selection without content matches nothing', { part: 'key' });
    return null;
  }
  if (!values.some((value) => isMap(value) || Array.isArray(value))) return keywords(values, path, context);
  const of = values.map((value, index) => parseSelection(value, [...path, index], context));
  return of.includes(null)
    ? null
    : joined(
        'or',
        of.filter((node) => node !== null),
      );
};

const parseMap = (map: Readonly<Record<string, Json>>, path: Path, context: RuleContext): SearchNode | null => {
  const entries = Object.entries(map);
  if (entries.length === 0) {
    context.problems.add(path, 'sigma/empty-map', 'a selection without content matches nothing', { part: 'key' });
    return null;
  }
  const items = entries.map(([key, value]) => parseItem(key, value, [...path, key], context));
  if (items.includes(null)) return null;
  return joined(
    'and',
    items.filter((item) => item !== null).map((item) => ({ kind: 'item', item })),
  );
};

const keywords = (value: Json, path: Path, context: RuleContext): SearchNode | null => {
  const item = parseItem('', value, path, context);
  return item === null ? null : { kind: 'item', item };
};

const joined = (kind: 'and' | 'or', of: readonly SearchNode[]): SearchNode => {
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind, of };
};

export const isMap = (value: unknown): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
