import { expect } from 'chai';
import fc from 'fast-check';
import type { Cell } from '../../../src/query/engine.ts';
import { compiled, now, openWith, origin, relationOf, type Opened } from '../support.ts';

interface Row {
  readonly g: string;
  readonly k: number | null;
  /** Minutes after the first of the month. */
  readonly m: number | null;
  readonly v: number | null;
  readonly r: number | null;
  readonly b: boolean | null;
  /** Different in each row. */
  readonly tag: string;
}

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 3 });

const tables = fc
  .array(
    fc.record({
      g: fc.constantFrom('a', 'A', ''),
      k: optional(fc.integer({ min: -7, max: 7 })),
      m: optional(fc.nat(200)),
      v: optional(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.maxSafeInteger())),
      // Sums of quarters are exact in any order.
      r: optional(fc.integer({ min: -4000, max: 4000 }).map((quarters) => quarters / 4)),
      b: optional(fc.boolean()),
    }),
    { maxLength: 120 },
  )
  .map((rows) => rows.map((row, index): Row => ({ ...row, tag: `t${index}` })));

const columns = [
  { name: 'g', type: 'string' },
  { name: 'k', type: 'long' },
  { name: 't', type: 'datetime' },
  { name: 'v', type: 'long' },
  { name: 'r', type: 'real' },
  { name: 'b', type: 'bool' },
  { name: 'tag', type: 'string' },
] as const;

const moment = (minutes: number): string => new Date(Date.UTC(2026, 10, 1) + minutes * 60_000).toISOString();

const printed = (minutes: number): string => moment(minutes).replace('.000Z', '.0000000Z');

const present = <T>(values: readonly (T | null)[]): readonly T[] => values.filter((value) => value !== null);

const ascending = (values: readonly number[]): readonly number[] => values.toSorted((left, right) => left - right);

/** Longs wrap around; a cell beyond what a number holds is a bigint. */
const long = (value: bigint): Cell => {
  const wrapped = BigInt.asIntN(64, value);
  return BigInt.asIntN(54, wrapped) === wrapped ? Number(wrapped) : wrapped;
};

const total = (values: readonly number[]): bigint => values.reduce((sum, value) => sum + BigInt(value), 0n);

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** The smallest value that so many percent of the values do not exceed. */
const percentile = (values: readonly number[], percent: number): number | null =>
  ascending(values)[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)] ?? null;

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

const strings = (values: readonly unknown[]): readonly unknown[] =>
  values.toSorted((left, right) => (String(left) < String(right) ? -1 : 1));

type Aggregate = (rows: readonly Row[]) => Cell | ((found: Cell | undefined) => boolean);

/** The rows that have the most, or the least, of what has a value; where none has, any row. */
const extremeTags = (rows: readonly Row[], best: (...values: number[]) => number): readonly string[] => {
  const values = present(rows.map(({ v }) => v));
  return rows.filter(({ v }) => values.length === 0 || v === best(...values)).map(({ tag }) => tag);
};

const valuesOf = (rows: readonly Row[]): readonly number[] => present(rows.map(({ v }) => v));

/** Each aggregate, and what a loop over the rows makes of it: its value, or whether a value is one that it may give. */
const aggregates: Readonly<Record<string, Aggregate>> = {
  'count()': (rows) => rows.length,
  'countif(v > 0)': (rows) => rows.filter(({ v }) => v !== null && v > 0).length,
  'countif(not(b))': (rows) => rows.filter(({ b }) => b === false).length,
  'dcount(v)': (rows) => distinct(valuesOf(rows)).length,
  'dcountif(tag, b)': (rows) => rows.filter(({ b }) => b === true).length,
  'sum(v)': (rows) => long(total(valuesOf(rows))),
  'sumif(v, b)': (rows) => long(total(valuesOf(rows.filter(({ b }) => b === true)))),
  'sum(r)': (rows) => sum(present(rows.map(({ r }) => r))),
  'avg(r)': (rows) => {
    const values = present(rows.map(({ r }) => r));
    return values.length === 0 ? 'NaN' : sum(values) / values.length;
  },
  'min(v)': (rows) => ascending(valuesOf(rows))[0] ?? null,
  'max(v)': (rows) => ascending(valuesOf(rows)).at(-1) ?? null,
  'max(r)': (rows) => ascending(present(rows.map(({ r }) => r))).at(-1) ?? null,
  'min(t)': (rows) => {
    const first = ascending(present(rows.map(({ m }) => m)))[0];
    return first === undefined ? null : printed(first);
  },
  'percentile(v, 0)': (rows) => percentile(valuesOf(rows), 0),
  'percentile(v, 50)': (rows) => percentile(valuesOf(rows), 50),
  'percentile(v, 95)': (rows) => percentile(valuesOf(rows), 95),
  'percentile(v, 100)': (rows) => percentile(valuesOf(rows), 100),
  'array_sort_asc(make_set(k))': (rows) => [...ascending(distinct(present(rows.map(({ k }) => k))))],
  'array_length(make_set(k, 2))': (rows) => Math.min(2, distinct(present(rows.map(({ k }) => k))).length),
  'make_list(tag)': (rows) => (found) =>
    JSON.stringify(strings(found as unknown[])) === JSON.stringify(strings(rows.map(({ tag }) => tag))),
  'make_list(b)': (rows) => (found) =>
    JSON.stringify(strings(found as unknown[])) === JSON.stringify(strings(present(rows.map(({ b }) => b)))),
  'make_set_if(tag, v > 0)': (rows) => (found) =>
    JSON.stringify(strings(found as unknown[])) ===
    JSON.stringify(strings(rows.filter(({ v }) => v !== null && v > 0).map(({ tag }) => tag))),
  'take_any(tag)': (rows) => (found) => rows.some(({ tag }) => tag === found),
};

/** Keys, and what they are of a row. */
const keys: Readonly<Record<string, (row: Row) => Cell>> = {
  g: ({ g }) => g,
  k: ({ k }) => k,
  b: ({ b }) => b,
  'bin(k, 3)': ({ k }) => (k === null ? null : Math.floor(k / 3) * 3),
  'bin(t, 1h)': ({ m }) => (m === null ? null : printed(Math.floor(m / 60) * 60)),
};

describe('summarize', () => {
  const openTable = (rows: readonly Row[]): Promise<Opened> =>
    openWith([
      relationOf(
        'T',
        columns,
        rows.map(({ m, ...row }) => ({ ...row, t: m === null ? null : moment(m).replace('Z', '') })),
      ),
    ]);

  const rowsOf = async ({ engine }: Opened, query: string) =>
    (await engine.run(compiled(engine.compile('kql', query, origin)), { now })).rows;

  it('gives what a loop over the rows gives, whatever the keys, nulls among them', async () => {
    const chosen = fc.subarray(Object.keys(keys), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(tables, chosen, async (rows, by) => {
        await using opened = await openTable(rows);
        const asked = Object.keys(aggregates).map((text, index) => `a${index} = ${text}`);
        const keyed = by.map((text, index) => `k${index} = ${text}`);
        const found = await rowsOf(
          opened,
          `T | summarize ${asked.join(', ')}${by.length === 0 ? '' : ` by ${keyed.join(', ')}`}`,
        );
        const groups = Map.groupBy(rows, (row) => JSON.stringify(by.map((key) => keys[key]?.(row))));
        // Of nothing and by nothing there is one row.
        if (by.length === 0 && rows.length === 0) groups.set('[]', []);
        expect(found.length).to.equal(groups.size);
        for (const row of found) {
          const key = JSON.stringify(row.slice(0, by.length));
          const group = groups.get(key);
          expect(group, `a group ${key}`).to.not.equal(undefined);
          for (const [index, [text, aggregate]] of Object.entries(aggregates).entries()) {
            const expected = aggregate(group ?? []);
            const got = row[by.length + index];
            if (typeof expected === 'function') {
              if ((group ?? []).length > 0)
                expect(expected(got), `${text} of ${key}: ${JSON.stringify(got)}`).to.equal(true);
            } else expect(got, `${text} of ${key}`).to.deep.equal(expected);
          }
        }
      }),
      { numRuns: 8 },
    );
  });

  it('takes the other columns from a row that has the most or the least', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        await using opened = await openTable(rows);
        const found = await rowsOf(
          opened,
          'T | summarize (most, mostTag) = arg_max(v, tag), (least, leastTag) = arg_min(v, tag) by g',
        );
        const groups = Map.groupBy(rows, ({ g }) => g);
        expect(found.length).to.equal(groups.size);
        for (const [g, most, mostTag, least, leastTag] of found) {
          const group = groups.get(g as string) ?? [];
          const values = ascending(valuesOf(group));
          expect([most, least], `group ${JSON.stringify(g)}`).to.deep.equal([values.at(-1) ?? null, values[0] ?? null]);
          expect(mostTag).to.be.oneOf([...extremeTags(group, Math.max)]);
          expect(leastTag).to.be.oneOf([...extremeTags(group, Math.min)]);
        }
        const whole = await rowsOf(opened, 'T | summarize arg_max(v, *) by g | project g, v, tag, k, b');
        for (const [g, , tag, k, b] of whole) {
          const row = rows.find((candidate) => candidate.tag === tag);
          expect([row?.g, row?.k, row?.b]).to.deep.equal([g, k, b]);
          expect(tag).to.be.oneOf([...extremeTags(groups.get(g as string) ?? [], Math.max)]);
        }
      }),
      { numRuns: 6 },
    );
  });
});
