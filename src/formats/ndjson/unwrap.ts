import { isObject, type JsonObject } from './flatten.ts';

/** Under what names services and tools hand over lists of records: CloudTrail, Graph, search results, generic exports. */
const listNames = ['Records', 'value', 'records', 'events', 'Events', 'hits', 'results', 'items', 'logs', 'data'];

/** Real wrappers are one or two around one another. */
const deepest = 8;

/**
 * The records of a JSON value: itself, the items of a list, or what a well-known wrapper holds. Null when there is an item that is no
 * object.
 */
export const unwrap = (value: unknown, depth = 0): readonly JsonObject[] | null => {
  if (depth > deepest) return isObject(value) ? [value] : null;
  if (Array.isArray(value)) {
    const lists = value.map((item) => unwrap(item, depth + 1));
    return lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
  }
  if (!isObject(value)) return null;
  // Elasticsearch: {_index, _source: {…}}; its lists are {hits: {hits: […]}}.
  if (isObject(value['_source'])) return [value['_source']];
  for (const name of listNames) {
    const inner = value[name];
    if (isListOfObjects(inner) && Object.keys(value).length <= 6)
      return inner.flatMap((item) => unwrap(item, depth + 1) ?? []);
    if (name === 'hits' && isObject(inner) && isListOfObjects(inner['hits'])) return unwrap(inner['hits'], depth + 1);
  }
  return [value];
};

const isListOfObjects = (value: unknown): value is readonly JsonObject[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);
