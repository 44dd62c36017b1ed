import { expect } from 'chai';
import type { Compiled } from '../../../src/query/engine.ts';
import { compiled, now, openWith, origin, relationOf, type Opened } from '../support.ts';

const columns = [
  { name: 'Name', type: 'string' },
  { name: 'name', type: 'string' },
  { name: 'Count', type: 'long' },
  { name: 'When', type: 'datetime' },
] as const;

const rows = [
  { Name: 'alpha', name: 'x', Count: 3, When: '2026-11-20T12:00:00Z' },
  { Name: 'beta', name: 'y', Count: null, When: '2026-11-18T12:00:00Z' },
];

describe('compiling KQL', () => {
  let opened: Opened;

  before(async () => {
    opened = await openWith([relationOf('T', columns.slice(0, 1).concat(columns.slice(2)), rows)]);
  });

  after(() => opened[Symbol.asyncDispose]());

  const compile = (text: string): Compiled => opened.engine.compile('kql', text, origin);
  const codes = (text: string): string[] =>
    compile(text).diagnostics.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);

  it('gives the same plan for the same text, in plain JSON', () => {
    const text = 'T | where Count > 2 and Name has "a" | summarize n = count() by Name';
    const [first, second] = [compiled(compile(text)).plan, compiled(compile(text)).plan];
    expect(JSON.parse(JSON.stringify(first))).to.deep.equal(second);
    expect(first.stages.map(({ id, kind, source }) => [id, kind, source?.operator])).to.deep.equal([
      ['s1', 'table', 'table'],
      ['s2', 'filter', 'where'],
      ['s3', 'aggregate', 'summarize'],
    ]);
  });

  it('splits a condition into what must all hold, each with its place', () => {
    const { clauses } = compiled(compile('T\n| where Count > 2 and (Name == "a" and Name != "b")'));
    expect(
      clauses
        .filter(({ kind }) => kind === 'conjunct')
        .map(({ id, clause, place }) => [id, clause, place.line, place.column]),
    ).to.deep.equal([
      ['s2/1', 'Count > 2', 2, 9],
      ['s2/2', 'Name == "a"', 2, 24],
      ['s2/3', 'Name != "b"', 2, 40],
    ]);
  });

  it('is one common table expression a stage, with ids for names and nothing pasted', () => {
    const query = compiled(compile(`T | where Name == "it's" | project Name`));
    expect(opened.engine.sql(query, { now })).to.match(
      /^WITH s1 AS \(SELECT coalesce\(x0, ''\) AS c0, x0 AS raw_c0 FROM [\s\S]* AS t\(x0, x1, x2\)\),\ns2 AS \(SELECT \* FROM s1 WHERE \(raw_c0 = 'it''s'\)\),\ns3 AS \(SELECT c0 AS c3 FROM s2\)\nSELECT c3 FROM s3$/,
    );
  });

  it('places a problem in the file that the query stands in', () => {
    const result = opened.engine.compile('kql', 'T\n| where Nmae == "a"', {
      file: 'rule.yaml',
      line: 10,
      column: 5,
      indent: 4,
    });
    expect(result.diagnostics).to.deep.equal([
      {
        code: 'kql/KS142',
        severity: 'error',
        message: "The name 'Nmae' does not refer to any known column, table, variable or function.",
        place: { file: 'rule.yaml', line: 11, column: 13, endLine: 11, endColumn: 17 },
        excerpt: '    | where Nmae == "a"',
        hint: 'Did you mean Name?',
      },
    ]);
  });

  it('refuses by name what it cannot run, all of it at once', () => {
    expect(
      codes('T | extend a = geo_distance_2points(1.0, 2.0, 3.0, 4.0)\n| extend b = hash_combine(1, 2)'),
    ).to.deep.equal(['kql/unsupported 1:16', 'kql/unsupported 2:14']);
  });

  it('refuses what the service refuses though its binder does not', () => {
    expect(codes('T | extend n = row_number()')).to.deep.equal(['kql/invalid 1:5']);
    expect(codes('print a = dynamic([1]) == dynamic([1])')).to.deep.equal(['kql/invalid 1:11']);
  });

  it('points into the body of a function that is called', () => {
    const { clauses } = compiled(compile('let f = (n: long) {\n  T | where Count > n };\nf(2)'));
    expect(clauses.find(({ kind }) => kind === 'conjunct')?.place).to.include({ line: 2, column: 13 });
  });

  it('survives any text', () => {
    const base =
      'let a = 5; T | where Count > a and Name in ("x", "y") | summarize count() by bin(When, 1h) | top 5 by count_';
    for (let at = 0; at < base.length; at += 3) {
      expect(() => compile(base.slice(0, at) + base.slice(at + 2))).not.to.throw();
      expect(() => compile(`${base.slice(0, at)}|(${base.slice(at)}`)).not.to.throw();
    }
  });
});

describe('columns whose names differ by case', () => {
  it('are two, though DuckDB has one', async () => {
    await using opened = await openWith();
    const query = compiled(
      opened.engine.compile('kql', 'print a = 1, A = 2 | extend Aa = a + 10 | project A, a, Aa', origin),
    );
    expect((await opened.engine.run(query, { now })).rows).to.deep.equal([[2, 1, 11]]);
  });
});
