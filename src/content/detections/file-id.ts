/** An id for what has none of its own: the path, as identifiers are written; `#2` for the second of a file. */
export const fileId = (file: string, ordinal = 1): string => {
  const slug = file
    .replace(/\.\w+$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9._/-]+/g, '-')
    .replaceAll('/', '.')
    .replace(/^[^a-z0-9]+/, '');
  return ordinal === 1 ? slug : `${slug}-${ordinal}`;
};
