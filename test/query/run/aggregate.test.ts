import { expect } from 'chai';
import fc from 'fast-check';
import { compiled, now, openWith, origin, relationOf } from '../support.ts';

interface Row {
  readonly g: string;
  readonly v: number | null;
}

const tables = fc.array(
  fc.record({ g: fc.constantFrom('a', 'b', ''), v: fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: null }) }),
  { maxLength: 20 },
);

/** What `summarize` means, row by row. */
const oracle = (rows: readonly Row[]): unknown[][] =>
  [...Map.groupBy(rows, ({ g }) => g)].map(([g, group]) => {
    const values = group.flatMap(({ v }) => (v === null ? [] : [v]));
    const sum = values.reduce((total, value) => total + value, 0);
    return [
      g,
      group.length,
      sum,
      values.length === 0 ? null : Math.min(...values),
      values.length === 0 ? null : Math.max(...values),
      new Set(values).size,
      values.filter((value) => value > 0).length,
      values.length === 0 ? 'NaN' : sum / values.length,
    ];
  });

const text = `T | summarize n = count(), s = sum(v), mn = min(v), mx = max(v), d = dcount(v), p = countif(v > 0), a = avg(v) by g`;

describe('summarize', () => {
  it('gives what a loop over the rows gives', async () => {
    const columns = [
      { name: 'g', type: 'string' },
      { name: 'v', type: 'long' },
    ] as const;
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        await using opened = await openWith([relationOf('T', columns, rows)]);
        const query = compiled(opened.engine.compile('kql', text, origin));
        const got = (await opened.engine.run(query, { now })).rows;
        expect(got).to.have.deep.members(oracle(rows));
      }),
      { numRuns: 15 },
    );
  });
});

describe('three-valued logic', () => {
  const rowsOf = async (query: string): Promise<unknown> => {
    await using opened = await openWith();
    return (await opened.engine.run(compiled(opened.engine.compile('kql', query, origin)), { now })).rows;
  };

  it('takes a comparison with null for false where it asks for equality, and for unknown where it asks for order', async () => {
    expect(
      await rowsOf('print a = long(null) == 1, b = long(null) != 1, c = long(null) < 1, d = not(long(null) < 1)'),
    ).to.deep.equal([[false, true, null, null]]);
    expect(await rowsOf('datatable(x:long)[1, long(null)] | where x != 1 | count')).to.deep.equal([[1]]);
    expect(await rowsOf('datatable(x:long)[1, long(null)] | where not(x < 5) | count')).to.deep.equal([[0]]);
  });

  it('knows no null texts', async () => {
    expect(
      await rowsOf('print a = isnull(""), b = isempty(tostring(dynamic(null))), c = strcat("a", tostring(long(null)))'),
    ).to.deep.equal([[false, true, 'a']]);
  });
});
