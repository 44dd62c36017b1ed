import { expect } from 'chai';
import fc from 'fast-check';
import type { Cell } from '../../../src/query/engine.ts';
import { compiled, now, openWith, origin, relationOf, type Opened } from '../support.ts';

const columns = [
  { name: 'Name', type: 'string' },
  { name: 'Seen', type: 'datetime' },
] as const;

const names = [null, '', 'a', 'A', 'cmd.exe', 'C:\\Windows\\cmd.exe /c whoami', 'whoami', 'ß', "it's"];
const micros = [null, '2026-11-20 12:59:59.999999', '2026-11-20 13:00:00', '2026-11-20 13:00:00.000001', '0001-01-01'];
const rows = names.flatMap((Name) => micros.map((Seen) => ({ Name, Seen })));

describe('a condition on a column as it is stored', () => {
  let opened: Opened;
  before(async () => {
    opened = await openWith([relationOf('T', columns, rows)]);
  });
  after(() => opened[Symbol.asyncDispose]());

  const run = async (text: string): Promise<{ readonly sql: string; readonly rows: readonly (readonly Cell[])[] }> => {
    const query = compiled(opened.engine.compile('kql', text, origin));
    const { rows: found } = await opened.engine.run(query, { now });
    return { sql: opened.engine.sql(query, { now }), rows: found.toSorted() };
  };

  /** A comparison of a comparison is no condition that could be made on the stored column. */
  const agrees = async (condition: string): Promise<string> => {
    const raw = await run(`T | where ${condition}`);
    const held = await run(`T | where (${condition}) == true`);
    expect(held.sql).not.to.match(/WHERE.*raw_/);
    expect(raw.rows, condition).to.deep.equal(held.rows);
    return raw.sql;
  };

  const operators = ['==', '=~', 'has', 'has_cs', 'contains', 'contains_cs', 'startswith', 'endswith_cs', 'hasprefix'];

  it('keeps the rows that the condition on the value keeps, whatever text is looked for', async () => {
    const literal = fc.constantFrom('', 'a', 'cmd.exe', 'WHOAMI', 'ß', "it's", 'nothing');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operators), literal, literal, async (operator, one, other) => {
        await agrees(`Name ${operator} "${one}"`);
        await agrees(`Name in ("${one}", "${other}")`);
        await agrees(`Name has_any ("${one}", "${other}")`);
        await agrees(`not(Name ${operator} "${one}")`);
        await agrees(`Name !in~ ("${one}", "${other}") or Name ${operator} "${other}"`);
      }),
      { numRuns: 5 },
    );
  });

  it('keeps the rows around a moment, to the tick', async () => {
    const tick = fc.integer({ min: -25, max: 25 }).map((ticks) => `(datetime(2026-11-20T13:00:00Z) - ${ticks}tick)`);
    const moment = fc.oneof(
      tick,
      fc.constantFrom('now()', 'ago(10tick)', 'ago(-3tick)', 'datetime(null)', 'ago(9999999d)'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
        moment,
        moment,
        async (operator, one, other) => {
          await agrees(`Seen ${operator} ${one}`);
          await agrees(`${one} ${operator} Seen`);
          await agrees(`Seen between (${one} .. ${other})`);
          await agrees(`Seen !between (${one} .. ${other})`);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('is what the database gets to see, also behind a sort, a limit and added columns', async () => {
    expect(await agrees('Name == "a"')).to.contain(`raw_c0 = 'a'`);
    expect(await agrees('Seen > ago(1h)')).to.match(/raw_c1 > make_timestamp\(\d+\)/);
    const { sql } = await run('T | extend Lower = tolower(Name) | sort by Seen asc | where Name has "cmd"');
    expect(sql).to.contain('contains(lower(raw_c0)');
  });

  it('is not made where the column is another one by then', async () => {
    const { sql, rows: found } = await run(
      'T | distinct Name | where Name == "a" | extend Name = "b" | where Name == "b"',
    );
    expect(sql).not.to.match(/WHERE.*raw_/);
    expect(found).to.deep.equal([['b']]);
  });
});
