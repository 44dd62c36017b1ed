import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { decompose, outlierScores } from '../../../src/query/values/decompose.ts';
import { corpusFolder, hasCorpus } from '../conformance/cases.ts';

/** Answers of the real engine over random series: the series is in the answer too, so that what followed from it can be checked. */
const recorded = (id: string): readonly (readonly number[])[] => {
  const lines = readFileSync(join(corpusFolder, 'kql/engine-cases.ndjson'), 'utf8').split('\n');
  const line = lines.find((text) => text.includes(`"${id}"`)) ?? '{}';
  const { rows } = JSON.parse(line) as { readonly rows: readonly (readonly (readonly number[])[])[] };
  return rows[0] ?? [];
};

const expectClose = (got: readonly number[] | undefined, want: readonly number[] | undefined): void => {
  expect(got?.length).to.equal(want?.length);
  const worst = Math.max(...(got ?? []).map((value, index) => Math.abs(value - (want?.[index] ?? Number.NaN))));
  expect(worst).to.be.below(1e-9);
};

describe('decomposition of series against the real engine', () => {
  before(function () {
    if (!hasCorpus()) this.skip();
  });

  for (const [id, trend] of [
    ['series-decompose-function-01', 'avg'],
    ['series-decompose-function-02', 'linefit'],
  ] as const) {
    it(`separates season, trend (${trend}) and the rest`, () => {
      const [, y = [], baseline, seasonal, line, residual] = recorded(id);
      const found = decompose(y, { period: 168, trend, tested: 0 });
      expectClose(found.baseline, baseline);
      expectClose(found.seasonal, seasonal);
      expectClose(found.trend, line);
      expectClose(found.residual, residual);
    });
  }

  for (const [id, trend] of [
    ['series-decompose-anomalies-function-01', 'avg'],
    ['series-decompose-anomalies-function-02', 'linefit'],
  ] as const) {
    it(`scores what does not fit (${trend})`, () => {
      const [, y = [], flags = [], scores = [], baseline] = recorded(id);
      const found = decompose(y, { period: 168, trend, tested: 0 });
      expectClose(found.baseline, baseline);
      const got = outlierScores(found.residual, 'ctukey');
      expectClose(got, scores);
      // The case multiplies its flags by ten.
      expect(got.map((score) => (score > 1.5 ? 10 : score < -1.5 ? -10 : 0))).to.deep.equal(flags);
    });
  }

  it('forecasts from season and trend', () => {
    const [y = [], , wanted] = recorded('series-decompose-forecast-function-00');
    expectClose(decompose(y, { period: 168, trend: 'linefit', tested: 168 }).baseline, wanted);
  });
});
