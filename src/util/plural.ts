/** `1 row`, `15 rows`; the plural is given when it is not the singular with an s. */
export const plural = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count} ${count === 1 ? singular : plural}`;
