import { expect } from 'chai';
import { openEngine as openLibrary, type QueryEngine } from '../../../src/api/index.ts';

/** Each with the text that the error points at. */
const failing: readonly (readonly [query: string, pointsAt: string, message: RegExp])[] = [
  ['T\n| where a > 0\n| where assert(a < 2, "too many") and b == "x"', 'assert(a < 2, "too many")', /too many/],
  [
    'T | extend n = a, c = 1, t = format_datetime(datetime(2026-01-01) + a * 1d, "Q")',
    'format_datetime(datetime(2026-01-01) + a * 1d, "Q")',
    /format/,
  ],
  ['T | summarize n = countif(assert(a < 3, "no three")) by b', 'assert(a < 3, "no three")', /no three/],
  [
    'let f = (x:long) {\n  T | where assert(x < a, "in f")\n};\nunion (T | take 1), (f(2))',
    'assert(x < a, "in f")',
    /in f/,
  ],
  [
    'T | join kind=inner (T | where assert(a != 2, "right side") | project a) on a',
    'assert(a != 2, "right side")',
    /right side/,
  ],
  ['print x = toscalar(T | where assert(a != 3, "scalar") | count)', 'assert(a != 3, "scalar")', /scalar/],
  ['T | extend d = bag_pack("a", 5)\n| evaluate bag_unpack(d)\n| take 1', 'evaluate bag_unpack(d)', /already/],
];

describe('what goes wrong while a query runs', () => {
  let engine: QueryEngine;

  before(async function () {
    this.timeout(60_000);
    engine = await openLibrary({ schemas: 'none' });
    await engine.load('T', [
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
      { a: 3, b: 'x' },
    ]);
  });

  after(() => engine[Symbol.asyncDispose]());

  for (const [query, pointsAt, message] of failing) {
    it(`is told at its place: ${pointsAt}`, async () => {
      for (const outcome of [await engine.query('kql', query), await engine.explain('kql', query)]) {
        const [problem] = outcome.diagnostics.filter(({ severity }) => severity === 'error');
        expect(problem?.code).to.equal('kql/run-time');
        expect(problem?.message)
          .to.match(message)
          .and.not.match(/^Invalid Input Error/);
        const { line = 0, column = 0, endLine = 0, endColumn = 0 } = problem?.place ?? {};
        const lines = query.split('\n').slice(line - 1, endLine);
        const first = (lines[0] ?? '').slice(column - 1, lines.length === 1 ? endColumn - 1 : undefined);
        const text =
          lines.length === 1 ? first : [first, ...lines.slice(1, -1), lines.at(-1)?.slice(0, endColumn - 1)].join('\n');
        expect(text).to.equal(pointsAt);
        expect(problem?.excerpt).to.equal(query.split('\n')[line - 1]);
      }
    });
  }
});
