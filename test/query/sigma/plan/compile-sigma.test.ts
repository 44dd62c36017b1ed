import { expect } from 'chai';
import fc from 'fast-check';
import type { ColumnInfo } from '../../../../src/model/table.ts';
import { loadSigma } from '../../../../src/query/sigma/collection/load-sigma.ts';
import { createInterpreter } from '../../../../src/query/sigma/interpret/interpreter.ts';
import { compiled, now, openWith, relationOf } from '../../support.ts';
import { rule, text } from '../generated.ts';
import { eventOf } from '../sigma-text.ts';

const origin = { file: 'rule.yml', line: 1, column: 1 };

const columns: readonly ColumnInfo[] = ['n', 'Image', 'CommandLine', 'ParentImage'].map((name) => ({
  name,
  type: 'string',
}));

const certutil = `title: Certutil
logsource:
  product: windows
  category: process_creation
detection:
  tool:
    Image|endswith: '\\certutil.exe'
    CommandLine|contains:
      - urlcache
      - verifyctl
  ours:
    ParentImage|endswith: '\\ours.exe'
  condition: tool and not ours
`;

const rows = [
  { n: '1', Image: 'C:\\Windows\\CERTUTIL.exe', CommandLine: 'certutil -URLCACHE -f', ParentImage: null },
  { n: '2', Image: 'C:\\Windows\\certutil.exe', CommandLine: 'certutil -verifyctl', ParentImage: 'C:\\ours.exe' },
  { n: '3', Image: 'C:\\Windows\\certutil.exe', CommandLine: 'certutil -encode', ParentImage: '' },
  { n: '4', Image: 'C:\\Windows\\cmd.exe', CommandLine: 'cmd', ParentImage: '' },
];

const opened = () => openWith([relationOf('Sysmon-1', columns, rows)]);

describe('a Sigma rule as a plan', () => {
  it('finds the rows of its table; a null under not does not lose them', async () => {
    await using engine = await opened();
    const query = compiled(engine.engine.compile('sigma', certutil, origin));
    const { rows: found } = await engine.engine.run(query, { now });
    expect(found.map(([n]) => n)).to.deep.equal(['1']);
  });

  it('counts its rows after each item, where the item stands', async () => {
    await using engine = await opened();
    const query = compiled(engine.engine.compile('sigma', certutil, origin));
    const counts = await engine.engine.funnel(query, { now });
    const lines = query.clauses.map(({ clause, place }, index) => [place.line, clause, counts[index]?.rows]);
    expect(lines).to.deep.equal([
      [2, 'logsource:', 4],
      [5, 'detection', 1],
      [7, String.raw`Image|endswith: '\certutil.exe'`, 3],
      [8, 'CommandLine|contains: - urlcache - verifyctl', 2],
      [13, 'not ours', 1],
    ]);
  });

  it('says what stands where an item asks for something else', async () => {
    await using engine = await opened();
    const query = compiled(engine.engine.compile('sigma', certutil, origin));
    const clause = query.clauses.find((one) => one.clause.startsWith('CommandLine'));
    const near = await engine.engine.near(query, clause?.id ?? '', { now });
    expect(near.map(({ column, got }) => [column, got])).to.deep.equal([['CommandLine', 'certutil -encode']]);
  });

  it('warns of fields that the table has not', async () => {
    await using engine = await opened();
    const result = engine.engine.compile('sigma', certutil.replace('ParentImage', 'ParentImag'), origin);
    expect(result.diagnostics.map(({ code, place, hint }) => [code, place?.line, hint])).to.deep.equal([
      ['sigma/no-column', 12, 'did you mean "ParentImage"?'],
    ]);
  });

  it('is refused where no table holds its log source', async () => {
    await using engine = await openWith();
    const result = engine.engine.compile('sigma', certutil, origin);
    expect(result.diagnostics.map(({ code }) => code)).to.deep.equal(['sigma/no-table']);
  });

  it('is over the table of the one event id of the Security log that it names', async () => {
    const id: readonly ColumnInfo[] = [{ name: 'EventID', type: 'long' }];
    await using engine = await openWith([
      relationOf('Security-4688', id, [{ EventID: 4688 }]),
      relationOf('Security-4698', id, [{ EventID: 4698 }]),
    ]);
    const rule = (detection: string): string =>
      `title: t\nlogsource: { product: windows, service: security }\ndetection:\n  s: ${detection}\n  condition: s\n`;
    const rowsOf = async (detection: string) => {
      const query = compiled(engine.engine.compile('sigma', rule(detection), origin));
      return (await engine.engine.run(query, { now })).rows;
    };
    expect(await rowsOf('{ EventID: 4698 }')).to.have.length(1);
    expect(await rowsOf('{ EventID: 4688 }')).to.have.length(1);
    const other = engine.engine.compile('sigma', rule('{ EventID: 4624 }'), origin);
    expect(other.diagnostics.map(({ code }) => code)).to.deep.equal(['sigma/no-table']);
  });

  it('says where a rule is wrong, in the file that holds it', async () => {
    await using engine = await opened();
    const text = certutil.replace('tool and not ours', 'tool and not theirs');
    const result = engine.engine.compile('sigma', text, { file: 'rule.yml', line: 11, column: 5, indent: 4 });
    expect(result.diagnostics.map(({ code, place }) => [code, place?.line, place?.column])).to.deep.equal([
      ['sigma/condition', 23, 31],
    ]);
  });

  it('finds what the plain interpreter finds', async function () {
    this.timeout(120_000);
    const abc: readonly ColumnInfo[] = ['n', 'A', 'B', 'C'].map((name) => ({ name, type: 'string' }));
    const cell = fc.oneof(
      { weight: 5, arbitrary: text },
      fc.constantFrom(null, '1', '31', 'cmd', 'ab', '10.1.2.3', '0x1f', '2024-05-31T12:30:00Z'),
    );
    const row = fc.record({ A: cell, B: cell, C: cell });
    const sample = fc.sample(row, { numRuns: 120, seed: 11 }).map((one, index) => ({ n: String(index), ...one }));
    await using engine = await openWith([relationOf('Rows', abc, sample)]);
    const interpreter = createInterpreter();
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(rule, async (detection) => {
        const source = JSON.stringify({ title: 'r', logsource: { product: 'windows' }, detection }, null, 1);
        const [loaded] = loadSigma([{ file: 'rule.yml', text: source }]).rules;
        if (loaded === undefined) throw new Error('the rule is refused');
        // A table's rows have all columns: what is null there, a record would not have.
        const wanted = sample
          .filter((one) =>
            interpreter.match(
              loaded,
              eventOf(Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null))),
            ),
          )
          .map(({ n }) => n);
        const query = compiled(engine.engine.compile('sigma', source, origin));
        const { rows: found } = await engine.engine.run(query, { now });
        hits += wanted.length;
        expect(found.map(([n]) => n).toSorted()).to.deep.equal(wanted.toSorted());
      }),
      { numRuns: 60 },
    );
    expect(hits).to.be.greaterThan(200);
  });
});
