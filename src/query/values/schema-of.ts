import { isArray, isBag, printDynamic, type Dynamic } from './dynamic.ts';

/** What an array's elements are called in a schema. */
const indexer = '`indexer`';

const scalarName = (value: Dynamic): string => {
  switch (typeof value) {
    case 'bigint':
      return 'long';
    case 'number':
      return 'double';
    case 'boolean':
      return 'bool';
    default:
      return 'string';
  }
};

const merged = (values: readonly (readonly [string, Dynamic])[]): Dynamic =>
  new Map([...Map.groupBy(values, ([key]) => key)].map(([key, of]) => [key, schemaOf(of.map(([, value]) => value))]));

/** The least schema that all of the values fit: a type's name, a bag of properties, or a list of alternatives. */
export const schemaOf = (values: readonly Dynamic[]): Dynamic => {
  const known = values.filter((value) => value !== null);
  const [bags, arrays] = [known.filter(isBag), known.filter(isArray)];
  const alternatives = known.map((value): Dynamic => {
    if (isBag(value)) return merged(bags.flatMap((bag) => [...bag]));
    if (isArray(value)) return merged(arrays.flat().map((item): [string, Dynamic] => [indexer, item]));
    return scalarName(value);
  });
  const distinct = [...new Map(alternatives.map((schema) => [printDynamic(schema), schema])).values()];
  return distinct.length === 1 ? (distinct[0] ?? null) : distinct;
};
