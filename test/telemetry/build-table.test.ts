import { expect } from 'chai';
import { buildTable } from '../../src/telemetry/build-table.ts';
import { sharedFile, tableFile } from '../../src/telemetry/table-file.ts';

const info = {
  name: 'T',
  columns: [
    { name: 'A', type: 'string' },
    { name: 'B', type: 'long' },
  ],
} as const;

const branch = {
  from: 'events',
  where: `"event.action" = 'connect'`,
  needs: { actions: ['connect'] },
  columns: { A: '"host.name"' },
  empty: [{ because: 'no sensor sees it', columns: ['B'] }],
};

const problems = (changed: object, table: object = {}, schema = info): readonly string[] => {
  const file = tableFile.parse({
    table: 'T',
    schema: { catalog: 'sentinel' },
    branches: [{ ...branch, ...changed }],
    ...table,
  });
  const built = buildTable(file, schema, new Map([['more', sharedFile.parse({ columns: { B: '"process.pid"' } })]]));
  return built.ok ? [] : built.problems;
};

describe('declaring a product table', () => {
  it('is right when every column of the product is said once', () => {
    expect(problems({})).to.deep.equal([]);
    expect(problems({ empty: [], include: ['more'] })).to.deep.equal([]);
  });

  for (const [what, changed, expected] of [
    ['a column is not said', { empty: [] }, 'B is not said'],
    ['a column does not exist', { columns: { A: '1', C: '1' } }, 'C does not exist'],
    ['a column is said twice', { include: ['more'] }, 'B is said twice'],
    ['shared columns do not exist', { include: ['less'] }, 'shared columns less do not exist'],
    ['an expression reads what the hub lacks', { columns: { A: '"host.nam"' } }, 'no hub column is called host.nam'],
    ['the condition reads what the hub lacks', { where: '"x" = 1' }, 'no hub column is called x'],
    ['an action does not exist', { needs: { actions: ['conect'] } }, 'no action is called conect'],
  ] as const) {
    it(`fails when ${what}`, () => {
      expect(problems(changed)).to.deep.equal([expected]);
    });
  }

  it('gives one reason for every column that a branch does not say, where it has one', () => {
    expect(problems({ empty: [], otherwise: 'no field of this event' })).to.deep.equal([]);
    expect(problems({ otherwise: 'no field of this event', columns: { A: '1', C: '1' } })).to.deep.equal([
      'C does not exist',
    ]);
  });

  it('fails when a record of a log holds a time that is not its own', () => {
    const record = {
      ...{ provider: 'P', channel: 'C', id: 1, version: 0, level: 4, task: 0, opcode: 0, keywords: '0x0', title: 'T' },
    };
    const text = { columns: { A: { time: '"process.start"', shown: 'sysmon_time' } } };
    expect(problems(text)).to.deep.equal([]);
    expect(problems(text, { record })).to.deep.equal(["A is a time of a record, and not the record's own"]);
  });

  it('takes quotes within a string for text, not for a column', () => {
    expect(problems({ columns: { A: `'say "no" and ''"maybe"'''` } })).to.deep.equal([]);
  });

  it('fails when a mark is put on a column that does not exist', () => {
    expect(problems({}, { columnMarks: { C: ['declared-zone'] } })).to.deep.equal(['C is marked and does not exist']);
  });

  it('fails when two columns differ in case only, since DuckDB could not tell them apart', () => {
    const twins = { name: 'T', columns: [...info.columns, { name: 'a', type: 'string' }] } as never;
    expect(problems({ columns: { A: '1', a: '2' } }, {}, twins)).to.deep.equal([
      'a is said twice, which DuckDB cannot tell apart',
    ]);
  });

  it('fails when the product has no such table', () => {
    const file = tableFile.parse({ table: 'T', schema: { catalog: 'sentinel' }, branches: [branch] });
    expect(buildTable(file, undefined, new Map())).to.deep.equal({
      ok: false,
      problems: ['no product table is called T'],
    });
  });
});
