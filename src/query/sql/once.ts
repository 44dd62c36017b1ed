/** Longer than a column or a call of one: worth a name. */
const longest = 120;

/**
 * SQL that names a value several times, with the value computed once: nested conversions would otherwise double the statement at each
 * level.
 */
export const once = (value: string, use: (name: string) => string): string =>
  value.length <= longest ? use(value) : `list_transform([${value}], lambda v: ${use('v')})[1]`;
