import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runTocsin } from './run-tocsin.ts';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');

interface Document {
  readonly ok: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly diagnostics: readonly { readonly code: string; readonly place?: { readonly line: number } }[];
}

interface Answer {
  readonly id: unknown;
  readonly rows?: readonly (readonly unknown[])[];
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly error?: { readonly code: string; readonly line: number | null; readonly column: number | null };
}

describe('tocsin query', function () {
  // The first query loads the binder.
  this.timeout(60_000);
  const folder = useTemporaryFolder();

  beforeEach(() => writeFile(join(folder(), 'calls.csv'), 'Port,Host\n80,a\n443,"b,c"\n'));

  const tocsin = (...args: string[]) => runTocsin(folder(), args);
  const json = async (...args: string[]): Promise<Document> =>
    JSON.parse((await tocsin('query', '--json', ...args)).stdout) as Document;

  it('prints rows as a table, CSV, NDJSON and JSON', async () => {
    const query = ['query', 'Calls | sort by Port desc', '--data', 'Calls=calls.csv'];
    expect((await tocsin(...query)).stdout).to.equal('Port  Host\n----  ----\n 443  b,c\n  80  a\n2 rows\n');
    expect((await tocsin(...query, '--format', 'csv')).stdout).to.equal('Port,Host\r\n443,"b,c"\r\n80,a\r\n');
    expect((await tocsin(...query, '--format', 'ndjson')).stdout).to.equal(
      '{"Port":443,"Host":"b,c"}\n{"Port":80,"Host":"a"}\n',
    );
    expect(await json(...query.slice(1))).to.deep.include({
      ok: true,
      rows: [
        [443, 'b,c'],
        [80, 'a'],
      ],
    });
  });

  it('takes the query from a file, and from behind --data', async () => {
    await writeFile(join(folder(), 'q.kql'), 'Calls\n| count');
    expect((await json('-f', 'q.kql', '--data', 'Calls=calls.csv')).rows).to.deep.equal([[2]]);
    expect((await json('--data', 'Calls=calls.csv', 'Calls | take 0 | count')).rows).to.deep.equal([[0]]);
  });

  it('runs at the moment that --now says', async () => {
    expect((await json('print n = now()', '--now', '2026-01-02T03:04:05Z')).rows).to.deep.equal([
      ['2026-01-02T03:04:05.0000000Z'],
    ]);
  });

  it('is 2 for a wrong query, with its place in the file and a caret', async () => {
    await writeFile(join(folder(), 'q.kql'), 'Calls\n| where Prt == 80');
    const { code, stderr, stdout } = await tocsin('query', '-f', 'q.kql', '--data', 'Calls=calls.csv');
    expect(code).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.include('error[kql/KS142]').and.include('q.kql:2:9').and.include('^^^');
  });

  it('is 2 for what goes wrong while it runs too, with its place and a caret, in query and explain', async () => {
    await writeFile(join(folder(), 'q.kql'), 'Calls\n| where Host != ""\n| where assert(Port < 100, "no such port")');
    for (const command of ['query', 'explain']) {
      const { code, stderr } = await tocsin(command, '-f', 'q.kql', '--data', 'Calls=calls.csv');
      expect(code).to.equal(2);
      expect(stderr).to.include('error[kql/run-time]: no such port').and.include('q.kql:3:9').and.include('^^^^^^');
    }
  });

  it('knows only the tables of the schemas that were asked for', async () => {
    await writeFile(join(folder(), 'mine.yaml'), 'Mine: { Id: guid, Seen: datetime }\n');
    expect((await json('SigninLogs | count')).rows).to.deep.equal([[0]]);
    expect((await json('SigninLogs | count', '--schema', 'none')).ok).to.equal(false);
    expect((await json('Mine', '--schema', 'mine.yaml')).columns).to.deep.equal([
      { name: 'Id', type: 'guid' },
      { name: 'Seen', type: 'datetime' },
    ]);
  });

  it('binds each product’s own tables, and says of a retired one that it is', async () => {
    const found = async (table: string, schema: string): Promise<readonly string[]> =>
      (await json(`${table} | count`, '--schema', schema)).diagnostics.map(({ code }) => code);
    expect(await found('SigninLogs', 'sentinel')).to.deep.equal([]);
    expect(await found('SigninLogs', 'defender')).to.deep.equal(['kql/KS204']);
    expect(await found('ExposureGraphNodes', 'defender')).to.deep.equal([]);
    expect(await found('DeviceNetworkEvents | where isnotempty(Timestamp)', 'defender')).to.deep.equal([]);
    expect(await found('ThreatIntelligenceIndicator', 'sentinel')).to.deep.equal(['kql/retired-table']);
    const { code, stderr } = await tocsin('query', 'ThreatIntelligenceIndicator | count', '--format', 'csv');
    expect(code).to.equal(0);
    expect(stderr).to.include('was retired on').and.include('query:1:1');
  });

  it('never reads a file that only the query names; --data stands for it', async () => {
    const path = join(folder(), 'secret.csv');
    await writeFile(path, 'a\nfound\n');
    const query = `externaldata(a:string)['${path}'] with (ignoreFirstRecord=true)`;
    expect((await json(query)).rows).to.deep.equal([]);
    expect((await json(query, '--data', `${path}=secret.csv`)).rows).to.deep.equal([['found']]);
  });

  it('says what is wrong with its own options', async () => {
    expect((await tocsin('query', 'print 1', '--data', 'nonsense')).code).to.equal(2);
    expect((await tocsin('query', 'print 1', '--now', 'today')).code).to.equal(2);
    expect((await tocsin('query', 'print 1', '--data', 'T=calls.csv', 'T=calls.csv')).stderr).to.include('twice');
    expect((await tocsin('query', 'print 1', '--data', 'T=none.csv')).code).to.equal(2);
  });

  it('explains where the rows went, in text and as JSON', async () => {
    const args = ['explain', 'Calls | where Port == 80 and Host == "z"', '--data', 'Calls=calls.csv'];
    const { code, stdout } = await tocsin(...args);
    expect(code).to.equal(0);
    expect(stdout).to.match(/1:15 +Port == 80 +1 /);
    expect(stdout).to.include('no rows: 1 row in, 0 out; Host was "a" (1 row)');
    const document = JSON.parse((await tocsin(...args, '--json')).stdout) as {
      reason: { clause: string; proved: boolean };
      plan: unknown;
      sql: string;
    };
    expect(document.reason).to.deep.include({ clause: 'Host == "z"', proved: true });
    expect(document).to.include.keys('plan', 'sql', 'funnel');
  });
});

describe('tocsin query --batch', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();

  const batch = async (lines: readonly unknown[], ...args: string[]): Promise<readonly Answer[]> => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    await writeFile(join(folder(), 'batch.ndjson'), text);
    const { code, stdout } = await runTocsin(folder(), ['query', '--batch', 'batch.ndjson', ...args]);
    expect(code).to.equal(0);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Answer);
  };

  it('answers every line in order, each with tables of its own; a line that fails stops nothing', async () => {
    const answers = await batch([
      { id: 1, language: 'kql', query: 'T | summarize sum(a)', tables: { T: [{ a: 1 }, { a: 2 }] } },
      { id: 2, language: 'kql', query: 'T | count' },
      'no JSON',
      {
        id: 'typed',
        query: 'T',
        tables: { T: { columns: [{ name: 'd', type: 'timespan' }], rows: [['1.02:03:04']] } },
      },
      { id: 5, language: 'cobol', query: 'T' },
      { id: 6, query: 'print now()', now: '2026-01-01T00:00:00Z' },
      { id: 7, query: 'print 1 +' },
      { id: 8, query: 'T | where b > 1', tables: { T: [{ a: 1 }] } },
      { id: 9, query: 'T\n| where assert(a > 1, "small")', tables: { T: [{ a: 1 }] } },
    ]);
    expect(answers.map(({ id }) => id)).to.deep.equal([1, 2, null, 'typed', 5, 6, 7, 8, 9]);
    expect(answers.map(({ rows, error }) => error?.code ?? rows)).to.deep.equal([
      [[3]],
      'kql/KS204',
      'batch/not-json',
      [['1.02:03:04']],
      'batch/invalid',
      [['2026-01-01T00:00:00.0000000Z']],
      answers[6]?.error?.code,
      'kql/KS142',
      'kql/run-time',
    ]);
    expect(answers[8]?.error).to.deep.include({ message: 'small', line: 2, column: 9 });
    expect(answers[6]?.error?.code).to.match(/^kql\//);
    expect(answers[7]?.error).to.deep.include({ line: 1, column: 11 });
    expect(answers[3]?.columns).to.deep.equal([{ name: 'd', type: 'timespan' }]);
  });

  it('keeps integers of any size exact on the way in and out', async () => {
    await writeFile(join(folder(), 'batch.ndjson'), '{"id":1,"query":"T","tables":{"T":[{"n":9223372036854775807}]}}');
    const { stdout } = await runTocsin(folder(), ['query', '--batch', 'batch.ndjson']);
    expect(stdout).to.include('[[9223372036854775807]]');
  });

  it('ends a query at its time limit and goes on', async () => {
    const endless = 'range x from 1 to 100000000000 step 1 | summarize dcount(x * x)';
    const answers = await batch(
      [
        { id: 1, query: endless },
        { id: 2, query: 'print 1' },
      ],
      '--time-limit',
      '0.5',
    );
    expect(answers.map(({ error, rows }) => error?.code ?? rows)).to.deep.equal(['query/time-limit', [[1]]]);
  });

  it('answers a line before the next one is written', async () => {
    const child = spawn(process.execPath, [main, 'query', '--batch', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = (async function* () {
      for await (const part of child.stdout) yield* String(part).trim().split('\n');
    })();
    for (const id of [1, 2]) {
      child.stdin.write(`${JSON.stringify({ id, query: `print ${id}` })}\n`);
      const { value } = await answers.next();
      expect(JSON.parse(value ?? '')).to.deep.include({ id, rows: [[id]] });
    }
    child.stdin.end();
    expect((await answers.next()).done).to.equal(true);
  });
});
