import { isArray, isBag, parseDynamic, printDynamic, type Dynamic, type DynamicBag } from '../../values/dynamic.ts';
import { rowTable } from '../row-table.ts';

type Path = readonly string[];

/** `$.a.b['c']`, or a plain key. */
const parsePath = (key: string): Path => {
  if (!key.startsWith('$')) return [key];
  return [...key.matchAll(/\.([^.[\]]+)|\[['"]?([^'"\]]+)['"]?\]/g)].map((match) => match[1] ?? match[2] ?? '');
};

const step = (value: Dynamic | undefined, key: string): Dynamic | undefined => {
  if (value === undefined || value === null) return undefined;
  if (isBag(value)) return value.get(key);
  return isArray(value) && /^\d+$/.test(key) ? value[Number(key)] : undefined;
};

const valueAt = (value: Dynamic, path: Path): Dynamic | undefined => path.reduce<Dynamic | undefined>(step, value);

/** A key that is set again moves to the end. */
const withValue = (bag: DynamicBag, [key = '', ...rest]: Path, value: Dynamic): DynamicBag => {
  const inner = bag.get(key);
  const next =
    rest.length === 0 ? value : withValue(inner !== undefined && isBag(inner) ? inner : new Map(), rest, value);
  const without = [...bag].filter(([name]) => name !== key);
  return new Map([...without, [key, next]]);
};

const withoutPath = (bag: DynamicBag, [key = '', ...rest]: Path): DynamicBag => {
  const inner = bag.get(key);
  if (rest.length === 0) return new Map([...bag].filter(([name]) => name !== key));
  return inner !== undefined && isBag(inner)
    ? new Map([...bag].map(([name, value]) => [name, name === key ? withoutPath(inner, rest) : value]))
    : bag;
};

const sortedKeys = (value: Dynamic): Dynamic => {
  if (isArray(value)) return value.map(sortedKeys);
  if (!isBag(value)) return value;
  return new Map([...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sortedKeys(item)]));
};

const typeNames: Readonly<Record<string, string>> = {
  string: 'string',
  bigint: 'long',
  number: 'double',
  boolean: 'bool',
};

const typeOf = (value: Dynamic): string => {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  return isBag(value) ? 'dictionary' : (typeNames[typeof value] ?? 'null');
};

const pack = (items: readonly Dynamic[]): Dynamic =>
  new Map(
    Array.from({ length: Math.floor(items.length / 2) }, (_, index) => [
      typeof items[2 * index] === 'string'
        ? String(items[2 * index] as string)
        : printDynamic(items[2 * index] ?? null),
      items[2 * index + 1] ?? null,
    ]),
  );

const paths = (value: Dynamic, prefix: string): readonly string[] => {
  if (isBag(value)) {
    return [...value].flatMap(([key, item]) => {
      const path = prefix === '' ? `['${key}']` : `${prefix}['${key}']`;
      return [path, ...paths(item, path)];
    });
  }
  return isArray(value) && value.length > 0 ? [`${prefix}[0]`, ...paths(value[0] ?? null, `${prefix}[0]`)] : [];
};

const packSpec = { params: ['dynamic'], variadic: true, result: 'dynamic', compute: pack } as const;

export const bagRowFunctions = rowTable({
  bag_pack: packSpec,
  pack: packSpec,
  pack_filled: {
    ...packSpec,
    compute: (items: readonly Dynamic[]) =>
      new Map([...(pack(items) as DynamicBag)].filter(([, value]) => value !== null && value !== '')),
  },
  pack_dictionary: packSpec,
  bag_keys: {
    params: ['dynamic'],
    result: 'dynamic',
    compute: (bag: Dynamic) => (isBag(bag) ? [...bag.keys()] : null),
  },
  bag_has_key: {
    params: ['dynamic', 'string'],
    result: 'bool',
    compute: (bag: Dynamic, key: string) => (isBag(bag) ? valueAt(bag, parsePath(key)) !== undefined : false),
  },
  bag_merge: {
    params: ['dynamic'],
    variadic: true,
    result: 'dynamic',
    compute: (bags: readonly Dynamic[]) => {
      const merged = new Map<string, Dynamic>();
      for (const bag of bags.filter(isBag))
        for (const [key, value] of bag) if (!merged.has(key)) merged.set(key, value);
      return bags.some(isBag) ? merged : null;
    },
  },
  bag_remove_keys: {
    params: ['dynamic', 'dynamic'],
    result: 'dynamic',
    compute: (bag: Dynamic, keys: Dynamic) =>
      isBag(bag) && isArray(keys)
        ? keys.reduce<DynamicBag>(
            (left, key) => (typeof key === 'string' ? withoutPath(left, parsePath(key)) : left),
            bag,
          )
        : bag,
  },
  bag_set_key: {
    params: ['dynamic', 'string', 'dynamic'],
    required: 2,
    result: 'dynamic',
    compute: (bag: Dynamic, key: string, value: Dynamic) => (isBag(bag) ? withValue(bag, parsePath(key), value) : null),
  },
  bag_zip: {
    params: ['dynamic', 'dynamic'],
    result: 'dynamic',
    compute: (keys: Dynamic, values: Dynamic) =>
      isArray(keys)
        ? new Map(
            keys.flatMap((key, index): [string, Dynamic][] =>
              typeof key === 'string' ? [[key, isArray(values) ? (values[index] ?? null) : null]] : [],
            ),
          )
        : null,
  },
  gettype: {
    params: ['dynamic'],
    result: 'string',
    seesNull: true,
    compute: (value: Dynamic) => typeOf(value),
  },
  treepath: { params: ['dynamic'], result: 'dynamic', compute: (value: Dynamic) => [...paths(value, '')] },
  dynamic_to_json: {
    params: ['dynamic'],
    result: 'string',
    compute: (value: Dynamic) => printDynamic(sortedKeys(value)),
  },
  extract_json: {
    params: ['string', 'string'],
    result: 'dynamic',
    compute: (path: string, text: string) => {
      const value = parseDynamic(text);
      return value === undefined ? null : (valueAt(value, parsePath(path)) ?? null);
    },
  },
});
