/** A query and the SQL that someone who knows DuckDB would write for the same rows. */
export interface Case {
  readonly name: string;
  readonly kql: string;
  readonly sql: string;
}

/** A term as `has` sees it: nothing of a word before it or behind it. */
export const hasAny = (column: string, terms: readonly string[]): string =>
  `regexp_matches(${column}, '(?i)(?:^|[^\\p{L}\\p{N}])(?:${terms.map((term) => term.replaceAll('.', '\\.')).join('|')})(?:$|[^\\p{L}\\p{N}])')`;

export const list = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
