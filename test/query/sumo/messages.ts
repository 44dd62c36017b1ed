import type { Relation } from '../../../src/query/engine.ts';
import { compiled, now, openWith, origin, relationOf } from '../support.ts';
import type { SumoDialect } from '../../../src/query/sumo/dialect.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The moment that queries run at, in milliseconds. */
export const end = now / 1000;

export interface Message {
  readonly raw: string;
  readonly time?: number;
}

/** Messages as the default index holds them. */
export const messages = (list: readonly (string | Message)[]): readonly [string, Relation] =>
  relationOf(
    'sumologic_default',
    [
      { name: '_raw', type: 'string' },
      { name: '_messagetime', type: 'long' },
    ],
    list.map((each, index) =>
      typeof each === 'string'
        ? { _raw: each, _messagetime: end - hour + index }
        : { _raw: each.raw, _messagetime: each.time ?? end - hour + index },
    ),
  );

export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** What a query gives. */
export const answer = async (
  query: string,
  relations: readonly (readonly [string, Relation])[],
  dialect: Partial<SumoDialect> = {},
): Promise<Answer> => {
  await using opened = await openWith(relations, [], dialect);
  const { columns, rows } = await opened.engine.run(compiled(opened.engine.compile('sumo', query, origin)), { now });
  return { columns: columns.map(({ name }) => name), rows };
};

/** Each problem as `severity code line:column`. */
export const problems = async (
  query: string,
  relations: readonly (readonly [string, Relation])[] = [],
): Promise<readonly string[]> => {
  await using opened = await openWith(relations);
  const { diagnostics } = opened.engine.compile('sumo', query, origin);
  return diagnostics.map(({ severity, code, place }) => `${severity} ${code} ${place?.line}:${place?.column}`);
};
