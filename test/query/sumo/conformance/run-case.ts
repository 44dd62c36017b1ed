import type { ColumnInfo, ScalarType } from '../../../../src/model/table.ts';
import type { Cell } from '../../../../src/query/engine.ts';
import { defaultIndex } from '../../../../src/query/sumo/plan/plan-scope.ts';
import { now, openWith, origin, relationOf } from '../../support.ts';

export type Input = Readonly<Record<string, string | number | boolean | null>>;

export type Outcome =
  | { readonly kind: 'rows'; readonly rows: readonly Readonly<Record<string, Cell>>[] }
  | { readonly kind: 'rejected'; readonly codes: readonly string[]; readonly message: string };

const typeOf = (values: readonly unknown[]): ScalarType => {
  const given = values.filter((value) => value !== null && value !== undefined);
  if (given.length === 0 || given.some((value) => typeof value !== 'number')) return 'string';
  return given.every(Number.isInteger) ? 'long' : 'real';
};

/** What a query gives over messages. */
export const runCase = async (query: string, input: readonly Input[]): Promise<Outcome> => {
  const names = [...new Set(input.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name): ColumnInfo => ({ name, type: typeOf(input.map((row) => row[name])) }));
  await using opened = await openWith(input.length === 0 ? [] : [relationOf(defaultIndex, columns, input)]);
  const result = opened.engine.compile('sumo', query, origin);
  if (!result.ok) {
    const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
    return {
      kind: 'rejected',
      codes: errors.map(({ code }) => code),
      message: errors.map(({ message }) => message).join(' '),
    };
  }
  const { columns: found, rows } = await opened.engine.run(result.query, { now });
  return {
    kind: 'rows',
    rows: rows.map((row) => Object.fromEntries(found.map(({ name }, index) => [name, row[index] ?? null]))),
  };
};

/** Null and the empty text look alike in an API that gives texts. */
export const sameValue = (got: unknown, wanted: unknown, tolerance = 1e-9): boolean => {
  if (typeof got === 'number' && typeof wanted === 'number')
    return Math.abs(got - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
  if (wanted === null) return got === null || got === '';
  return got === wanted || asText(got) === asText(wanted);
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
