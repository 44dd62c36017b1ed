import { isArray, isBag, parseDynamic, printDynamic, type Dynamic } from '../../values/dynamic.ts';
import { schemaOf } from '../../values/schema-of.ts';
import type { RowFunction, RowValue } from '../row-function.ts';
import { weightedPercentile } from './digest-rows.ts';

const items = (json: RowValue): readonly Dynamic[] => {
  const list = typeof json === 'string' ? parseDynamic(json) : null;
  return list !== undefined && isArray(list) ? list : [];
};

/** The elements of a list, each once, in the order in which they came. */
export const distinctElements: RowFunction = {
  name: 'kql_distinct_elements',
  params: ['dynamic', 'long'],
  result: 'dynamic',
  compute: (json, limit) => {
    const distinct = [...new Set(items(json).map(printDynamic))];
    return `[${distinct.slice(0, Number(limit)).join(',')}]`;
  },
};

/** Of pairs of a value and its weight, the smallest value that so many percent of all weight do not exceed. */
export const weightedRank: RowFunction = {
  name: 'kql_weighted_rank',
  params: ['dynamic', 'real'],
  result: 'dynamic',
  compute: (json, percent) => {
    const pairs = items(json);
    return pairs.length === 0 ? null : printDynamic(weightedPercentile(pairs, Number(percent)));
  },
};

/** A list in which arrays have given way to their elements. */
export const flatElements: RowFunction = {
  name: 'kql_flat_elements',
  params: ['dynamic', 'long'],
  result: 'dynamic',
  compute: (json, limit) => {
    const list = items(json).flatMap((item) => (isArray(item) ? item : [item]));
    return printDynamic(list.slice(0, Number(limit)));
  },
};

/** The schema that all of a list's values fit. */
export const schemaOfList: RowFunction = {
  name: 'kql_schema_of',
  params: ['dynamic'],
  result: 'dynamic',
  compute: (json) => printDynamic(schemaOf(items(json))),
};

/** Bags of a list in one: where several hold a key, the first one's value stands. */
export const mergeBags: RowFunction = {
  name: 'kql_merge_bags',
  params: ['dynamic', 'long'],
  result: 'dynamic',
  compute: (json, limit) => {
    const merged = new Map<string, Dynamic>();
    for (const bag of items(json).filter(isBag)) {
      for (const [key, value] of bag) if (!merged.has(key) && merged.size < Number(limit)) merged.set(key, value);
    }
    return printDynamic(merged);
  },
};
