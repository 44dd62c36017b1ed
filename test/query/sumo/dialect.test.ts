import { expect } from 'chai';
import type { SumoDialect } from '../../../src/query/sumo/dialect.ts';
import { compiled, now, openWith, origin, relationOf } from '../support.ts';

const table = relationOf(
  'sumologic_default',
  [
    { name: 'name', type: 'string' },
    { name: 'size', type: 'long' },
  ],
  [
    { name: 'Alpha', size: 2 },
    { name: 'beta', size: 4 },
    { name: null, size: 6 },
  ],
);

const rows = async (query: string, dialect: Partial<SumoDialect> = {}): Promise<readonly (readonly unknown[])[]> => {
  await using opened = await openWith([table], [], dialect);
  return (await opened.engine.run(compiled(opened.engine.compile('sumo', query, origin)), { now })).rows;
};

const codes = async (query: string, dialect: Partial<SumoDialect> = {}): Promise<readonly string[]> => {
  await using opened = await openWith([table], [], dialect);
  return opened.engine.compile('sumo', query, origin).diagnostics.map(({ code, severity }) => `${severity} ${code}`);
};

describe('what Sumo’s documentation leaves open', () => {
  it('field names: the same in any case, or not', async () => {
    expect(await rows('* | where NAME = "beta" | fields SIZE')).to.deep.equal([[4]]);
    expect(await codes('* | where NAME = "beta"', { fieldNames: 'exact-case' })).to.deep.equal([
      'warning sumo/unknown-field',
    ]);
  });

  it('a comparison with null: false, so that its negation holds, or neither', async () => {
    const query = '* | where !(name matches "A*") | fields size | sort by size asc';
    expect(await rows(query)).to.deep.equal([[4], [6]]);
    expect(await rows(query, { nullComparison: 'unknown' })).to.deep.equal([[4]]);
  });

  it('a regular expression: found anywhere, or the whole value', async () => {
    const query = '* | where name matches /lph/ | count';
    expect(await rows(query)).to.deep.equal([[1]]);
    expect(await rows(query, { regexMatch: 'whole' })).to.deep.equal([[0]]);
  });

  it('stddev: of a sample, or of all there is', async () => {
    expect(await rows('* | stddev(size)')).to.deep.equal([[2]]);
    const [[all] = []] = await rows('* | stddev(size)', { deviation: 'population' });
    expect(all).to.be.closeTo(1.632993, 1e-6);
  });

  it('a dashboard’s variable: everything, or what it is given', async () => {
    const query = '* | where name matches "{{who}}" | count';
    expect(await rows(query)).to.deep.equal([[2]]);
    expect(await rows(query, { parameters: { who: 'b*' } })).to.deep.equal([[1]]);
  });
});
