/** Longer than a column or a call of one: worth a name. */
const longest = 120;

/**
 * SQL that names a value several times, with the value computed once: nested conversions would otherwise double the statement at each
 * level.
 */
export const once = (value: string, use: (name: string) => string): string =>
  value.length <= longest ? use(value) : `list_transform([${value}], lambda v: ${use('v')})[1]`;

/** The same for several values that are used together. */
export const onceEach = (values: readonly string[], use: (names: readonly string[]) => string): string => {
  if (values.every(({ length }) => length <= longest)) return use(values);
  const fields = values.map((value, index) => `v${index} := ${value}`).join(', ');
  return `list_transform([struct_pack(${fields})], lambda v: ${use(values.map((_, index) => `v.v${index}`))})[1]`;
};
