import { coerce } from '../coerce.ts';
import type { Arg, FunctionTable, SqlContext, SqlFunction } from '../function-table.ts';
import { comparable } from './comparison.ts';

/** Elements of an array that is not known before the query runs, as texts. */
const arrayTexts = (arg: Arg): string =>
  `(CASE WHEN starts_with(${arg.sql}, '[') THEN json_extract_string(${arg.sql}, '$[*]') ELSE [json_extract_string(${arg.sql}, '$')] END)`;

const isArrayValue = (arg: Arg): boolean => arg.type === 'dynamic' && arg.literal === null;

/** Whether a value is among others: constants in one IN list, arrays by what they hold. */
const member = (value: Arg, items: readonly Arg[], fold: boolean, context: SqlContext): string => {
  const folded = (sql: string): string => (fold ? `lower(${sql})` : sql);
  const plain = items.filter((item) => !isArrayValue(item) && item.literal?.value !== null);
  const text = coerce(value, 'string', context).sql;
  const asText = fold || value.type === 'dynamic';
  const tests: string[] = [];
  if (plain.length > 0) {
    const pairs = plain.map((item): readonly [string, string] => {
      if (asText) return [folded(text), folded(coerce(item, 'string', context).sql)];
      const [left, right] = comparable(value, item, context);
      return [left.sql, right.sql];
    });
    // One list per form of the left side: text columns are asked for numbers in their text form.
    for (const left of new Set(pairs.map(([form]) => form))) {
      tests.push(
        `${left} IN (${pairs
          .filter(([form]) => form === left)
          .map(([, item]) => item)
          .join(', ')})`,
      );
    }
  }
  for (const item of items.filter(isArrayValue)) {
    const texts = fold ? `list_transform(${arrayTexts(item)}, lambda item: lower(item))` : arrayTexts(item);
    tests.push(`list_contains(${texts}, ${folded(text)})`);
  }
  return tests.length === 0 ? 'FALSE' : `(${tests.join(' OR ')})`;
};

const membership = (negated: boolean, fold: boolean): SqlFunction => ({
  params: ['any'],
  variadic: true,
  neverNull: true,
  ...(negated
    ? {}
    : {
        condition: ([value, ...items], _call, context) =>
          value === undefined ? 'FALSE' : member(value, items, fold, context),
      }),
  render: ([value, ...items], _call, context) => {
    if (value === undefined) return 'FALSE';
    const test = member(value, items, fold, context);
    const mayBeNull = value.nullable || items.some((item) => item.nullable);
    const known = mayBeNull ? `coalesce(${test}, FALSE)` : test;
    return negated ? `(NOT ${known})` : known;
  },
});

export const membershipFunctions: FunctionTable = {
  in: membership(false, false),
  'in~': membership(false, true),
  '!in': membership(true, false),
  '!in~': membership(true, true),
};
