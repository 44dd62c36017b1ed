import type { QueryResult } from '../../query/engine.ts';

/** Rows as `run.json` holds them: by column name, whole numbers beyond 2^53 as text. */
export const resultRows = ({ columns, rows }: QueryResult): readonly Readonly<Record<string, unknown>>[] =>
  rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name }, index) => {
        const cell = row[index] ?? null;
        return [name, typeof cell === 'bigint' ? String(cell) : cell];
      }),
    ),
  );
