import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { openEngine, type HarnessError, type QueryEngine, type QueryOutcome } from '../../src/api/index.ts';

const rowsOf = (outcome: QueryOutcome): readonly (readonly unknown[])[] => {
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return outcome.rows;
};

describe('the library’s engine', () => {
  let folder = '';
  let engine: QueryEngine;

  before(async function () {
    // The binder loads once.
    this.timeout(60_000);
    folder = await mkdtemp(join(tmpdir(), 'tocsin-engine-'));
    engine = await openEngine({ now: '2026-11-20T13:00:00Z' });
    await engine.query('kql', 'print 1');
  });

  after(async () => {
    engine.close();
    await rm(folder, { recursive: true });
  });

  const file = async (name: string, content: string | Buffer): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };

  const query = async (text: string) => rowsOf(await engine.query('kql', text));

  it('answers as its documentation shows', async () => {
    await engine.load('Signins', [
      { TimeGenerated: '2026-11-20T12:55:00Z', User: 'ana', Failed: true },
      { TimeGenerated: '2026-11-20T12:56:00Z', User: 'ana', Failed: true },
      { TimeGenerated: '2026-11-19T12:56:00Z', User: 'bo', Failed: true },
    ]);
    expect(
      await engine.query(
        'kql',
        'Signins | where TimeGenerated > ago(1h) and Failed | summarize Count = count() by User',
      ),
    ).to.deep.equal({
      ok: true,
      columns: [
        { name: 'User', type: 'string' },
        { name: 'Count', type: 'long' },
      ],
      rows: [['ana', 2]],
      diagnostics: [],
    });
  });

  it('learns types from all values of a column, and keeps integers and the seventh digit exact', async () => {
    const { columns, diagnostics } = await engine.load(
      'T',
      await file(
        't.ndjson',
        [
          '{"Time":"2026-11-20T12:00:00.1234567Z","Big":9007199254740993,"Real":1,"Code":"007","Bag":{"b":1.0},"Mixed":1,"None":null}',
          '{"Time":"2026-11-20T12:00:00Z","Big":1,"Real":2.5,"Code":"8","Bag":[1],"Mixed":"x","Late":true}',
          'no JSON',
          '[1]',
        ].join('\n'),
      ),
    );
    expect(columns.map(({ name, type }) => `${name}:${type}`)).to.deep.equal([
      ...['Time:datetime', 'Big:long', 'Real:real', 'Code:string', 'Bag:dynamic', 'Mixed:string', 'None:string'],
      'Late:bool',
    ]);
    expect(diagnostics.map(({ message }) => message)).to.deep.equal([
      'T: 1 record not read: not JSON (first at 3)',
      'T: 1 record not read: no object (first at 4)',
    ]);
    expect(await query('T | project Time, Big, Real, Code, Bag, Mixed, Late')).to.deep.equal([
      ['2026-11-20T12:00:00.1234567Z', 9007199254740993n, 1, '007', { b: 1 }, '1', null],
      ['2026-11-20T12:00:00.0000000Z', 1, 2.5, '8', [1], 'x', true],
    ]);
  });

  it('reads JSON documents, CSV, and both packed', async () => {
    const rows = [
      { A: 1, B: 'x,"y"\nz' },
      { A: 2, B: '' },
    ];
    await engine.load('Json', await file('t.json', JSON.stringify(rows, null, 2)));
    await engine.load('Packed', await file('t.ndjson.gz', gzipSync(rows.map((row) => JSON.stringify(row)).join('\n'))));
    await engine.load('Csv', await file('t.csv', '\ufeffA,B\r\n1,"x,""y""\nz"\r\n2,\r\n'));
    for (const table of ['Json', 'Packed', 'Csv']) {
      expect(await query(table), table).to.deep.equal([
        [1, 'x,"y"\nz'],
        [2, ''],
      ]);
    }
  });

  it('takes the types of CSV from what its text says', async () => {
    const text = 'Id,Port,Share,When,Ok\n007,443,0.5,2026-11-20T10:00:00Z,true\n008,,1,,FALSE\n1,2\n';
    const { columns, diagnostics } = await engine.load('Typed', await file('typed.csv', text));
    expect(columns.map(({ type }) => type)).to.deep.equal(['string', 'long', 'real', 'datetime', 'bool']);
    expect(await query('Typed | where Id == "008"')).to.deep.equal([['008', null, 1, null, false]]);
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['data/not-read']);
  });

  it('reads Parquet, nested columns and times included', async () => {
    const path = join(folder, 't.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT 1::INTEGER AS I, TIMESTAMP '2026-11-20 10:00:00.5' AS T, {'a': [1, 2]} AS S, 'x' AS V, 2.5::DOUBLE AS D,
        DATE '2026-01-02' AS Day, TRUE AS B, NULL::BIGINT AS N) TO '${path}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    const { columns } = await engine.load('P', path);
    expect(columns.map(({ type }) => type)).to.deep.equal([
      ...['int', 'datetime', 'dynamic', 'string', 'real', 'datetime', 'bool', 'long'],
    ]);
    expect(await query('P')).to.deep.equal([
      [1, '2026-11-20T10:00:00.5000000Z', { a: [1, 2] }, 'x', 2.5, '2026-01-02T00:00:00.0000000Z', true, null],
    ]);
  });

  it('keeps the columns and types of a product’s table, and says which columns it does not have', async () => {
    const { columns, diagnostics } = await engine.load('DeviceProcessEvents', [
      { FileName: 'a.exe', ProcessId: '12', AdditionalFields: '{"k":[1]}', Timestamp: '2026-11-20', Mine: 1 },
      { FileName: 'b.exe', ProcessId: 'many' },
    ]);
    expect(columns).to.deep.include({ name: 'ProcessId', type: 'long' });
    expect(columns.at(-1)).to.deep.equal({ name: 'Mine', type: 'long' });
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['data/extra-columns', 'data/value-not-of-type']);
    expect(diagnostics.map(({ message }) => message).join('\n'))
      .to.include('Mine')
      .and.include('ProcessId: 1 value');
    expect(await query('DeviceProcessEvents | project FileName, ProcessId, k = AdditionalFields.k[0]')).to.deep.equal([
      ['a.exe', 12, 1],
      ['b.exe', null, null],
    ]);
  });

  it('keeps apart columns whose names differ in case only, and names that are hostile', async () => {
    await engine.load('Odd', [{ a: 1, A: 2, __proto__x: 3, 'b"; DROP TABLE x': 4, "it's": 5 }]);
    expect(await query('Odd | project a, A, c = column_ifexists("b\\"; DROP TABLE x", 0)')).to.deep.equal([[1, 2, 4]]);
  });

  it('says where a query is wrong instead of throwing', async () => {
    const outcome = await engine.query('kql', 'print x = 1\n| where Wrong > 1');
    expect(outcome.ok).to.equal(false);
    expect(outcome.diagnostics[0]).to.deep.include({ code: 'kql/KS142', severity: 'error' });
    expect(outcome.diagnostics[0]?.place).to.deep.include({ line: 2, column: 9 });
  });

  it('ends a query at its time limit, and answers the next one', async () => {
    await using limited = await openEngine({ schemas: 'none', timeLimit: 300 });
    const outcome = await limited.query('kql', 'range x from 1 to 100000000000 step 1 | summarize dcount(x * x)');
    expect(outcome.diagnostics.map(({ code }) => code)).to.deep.equal(['query/time-limit']);
    expect(rowsOf(await limited.query('kql', 'print 2'))).to.deep.equal([[2]]);
  });

  it('says which clause removed the last row, proved by running without it', async () => {
    await engine.load('Calls', [
      { Port: 80, Count: 5 },
      { Port: 443, Count: 50 },
    ]);
    const explanation = await engine.explain('kql', 'Calls\n| where Port == 80 and Count > 12');
    if (!explanation.ok) throw new Error('it compiles');
    expect(explanation.rows).to.equal(0);
    expect(explanation.funnel.map(({ clause, rows }) => [clause, rows])).to.deep.equal([
      ['Calls', 2],
      ['where Port == 80 and Count > 12', 0],
      ['Port == 80', 1],
      ['Count > 12', 0],
    ]);
    expect(explanation.reason).to.deep.include({ clause: 'Count > 12', proved: true });
    expect(explanation.reason?.place).to.deep.include({ line: 2, column: 24 });
    expect(explanation.reason?.blockers[0]?.near).to.deep.equal([
      { column: 'Count', wanted: '> 12', got: '5', rows: 1 },
    ]);
    expect(explanation.sql).to.include('12');
  });

  it('refuses a file whose name does not say what it is, one that is not there, and a moment that is none', async () => {
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => 'none',
        (error: unknown) => (error as HarnessError).code,
      );
    expect(await codeOf(engine.load('X', 'x.txt'))).to.equal('data/unknown-format');
    expect(await codeOf(engine.load('X', join(folder, 'none.csv')))).to.equal('data/unreadable');
    expect(await codeOf(engine.load('X', await file('no.parquet', 'no Parquet')))).to.equal('data/unreadable');
    expect(await codeOf(openEngine({ now: 'today' }))).to.equal('query/invalid-now');
    expect(await codeOf(openEngine({ schemas: 'sentinal' }))).to.equal('schema/not-found');
  });

  it('hunts', async () => {
    const rules = await file(
      'rule.yml',
      'title: listing\nid: r1\nlogsource: {product: windows}\ndetection: {s: {CommandLine|contains: dir}, condition: s}\n',
    );
    const log = await file('log.json', '{"Channel":"Security","EventID":4688,"CommandLine":"cmd /c dir"}\n');
    const { hits, summary } = await engine.hunt([rules], [log]);
    expect(hits.map(({ kind, rule }) => [kind, rule.id])).to.deep.equal([['event', 'r1']]);
    expect(summary).to.deep.include({ hits: 1 });
  });
});
