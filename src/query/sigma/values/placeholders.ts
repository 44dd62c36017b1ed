/** Values of placeholders (`%Servers%` without its signs) as the user's pipeline gives them. */
export type Placeholders = ReadonlyMap<string, readonly string[]>;

export type Expanded =
  | { readonly ok: true; readonly texts: readonly string[] }
  | { readonly ok: false; readonly missing: readonly string[] };

/** Every text that comes of a text by putting in one value for each of its placeholders. `\%` is a percent sign. */
export const expandPlaceholders = (text: string, values: Placeholders): Expanded => {
  const pieces = [...text.matchAll(/\\%|%([\w.-]+)%|[^%\\]+|[\s\S]/g)];
  const missing = pieces.flatMap(([, name]) => (name !== undefined && !values.has(name) ? [name] : []));
  if (missing.length > 0) return { ok: false, missing };
  const texts = pieces.reduce<readonly string[]>(
    (starts, [piece, name]) => {
      const ends = name === undefined ? [piece === String.raw`\%` ? '%' : piece] : (values.get(name) ?? []);
      return starts.flatMap((start) => ends.map((end) => start + end));
    },
    [''],
  );
  return { ok: true, texts };
};
