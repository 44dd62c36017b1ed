/** `JSON.rawJSON` of Node 22, which TypeScript's own declarations do not have yet. */
const exact = JSON as unknown as { rawJSON(text: string): unknown };

/** JSON in which a bigint is a number with all its digits. */
export const exactJson = (value: unknown, indent?: number): string =>
  JSON.stringify(
    value,
    (_key, item: unknown) => (typeof item === 'bigint' ? exact.rawJSON(String(item)) : item),
    indent,
  );
