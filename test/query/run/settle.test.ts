import { expect } from 'chai';
import { compiled, now, openWith, origin } from '../support.ts';

const source = `datatable(k:string, d:dynamic)[
  "a", dynamic({"x": 1, "y": "one"}),
  "b", dynamic({"x": 2})]
| evaluate bag_unpack(d)`;

describe('a query whose columns depend on its data', () => {
  it('has none before it runs, and those of the data after', async () => {
    await using opened = await openWith();
    const query = compiled(opened.engine.compile('kql', `${source}\n| where x > 1 | project k, x, y`, origin));
    expect(query.columns).to.deep.equal([]);
    const { columns, rows } = await opened.engine.run(query, { now });
    expect(columns.map(({ name, type }) => `${name}:${type}`)).to.deep.equal(['k:string', 'x:long', 'y:string']);
    expect(rows).to.deep.equal([['b', 2, '']]);
  });

  it('counts its clauses on both sides of the point where it stopped', async () => {
    await using opened = await openWith();
    const query = compiled(opened.engine.compile('kql', `${source}\n| where x > 1`, origin));
    const counts = await opened.engine.funnel(query, { now });
    const conjunct = query.clauses.findIndex(({ kind }) => kind === 'conjunct');
    expect(query.clauses[conjunct]?.place.line).to.equal(5);
    expect(counts[conjunct]).to.include({ rowsIn: 2, rows: 1 });
    expect(counts[0]).to.include({ rows: 2 });
  });

  it('says which name the data did not give', async () => {
    await using opened = await openWith();
    const query = compiled(opened.engine.compile('kql', `${source} | project z`, origin));
    const failure = await opened.engine.run(query, { now }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(String(failure)).to.contain('KS142').and.to.contain("'z'");
  });
});
