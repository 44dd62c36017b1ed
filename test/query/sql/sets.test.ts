import { expect } from 'chai';
import fc from 'fast-check';
import { sqlString } from '../../../src/telemetry/database.ts';
import { compiled, now, openWith, origin, relationOf } from '../support.ts';

const columns = [
  { name: 'Key', type: 'string' },
  { name: 'Number', type: 'long' },
  { name: 'Text', type: 'string' },
] as const;

const row = fc.record({
  Key: fc.constantFrom(null, '', 'a', 'b'),
  Number: fc.option(fc.integer({ min: 0, max: 5 })),
  Text: fc.constantFrom(null, '', 'x', 'y"', '\\'),
});

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

describe('make_set', () => {
  it('holds each value of its group once, as they came, however many other aggregates stand beside it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), fc.integer({ min: 1, max: 4 }), async (rows, most) => {
        await using opened = await openWith([['T', { info: { name: 'T', columns }, sql: 'stored' }]]);
        await opened.database.run('CREATE TABLE stored (k VARCHAR, n BIGINT, t VARCHAR)');
        const text = (value: string | null): string => (value === null ? 'NULL' : sqlString(value));
        const values = rows.map((one) => `(${text(one.Key)}, ${one.Number ?? 'NULL'}, ${text(one.Text)})`);
        if (values.length > 0) await opened.database.run(`INSERT INTO stored VALUES ${values.join(', ')}`);
        const query = compiled(
          opened.engine.compile(
            'kql',
            `T | summarize make_set(Number), n = count(), make_set_if(Text, Number > 2, ${most}), sum(Number) by Key`,
            origin,
          ),
        );
        const found = await opened.engine.run(query, { now });
        const keys = distinct(rows.map(({ Key }) => Key ?? ''));
        const expected = keys.map((key) => {
          const group = rows.filter(({ Key }) => (Key ?? '') === key);
          const numbers = group.flatMap(({ Number: number }) => (number === null ? [] : [number]));
          const texts = group
            .filter(({ Number: number }) => number !== null && number > 2)
            .map(({ Text }) => Text ?? '');
          return [
            key,
            distinct(numbers),
            group.length,
            distinct(texts).slice(0, most),
            numbers.reduce((sum, one) => sum + one, 0),
          ];
        });
        expect(found.rows).to.have.deep.members(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('is empty of nothing, with no key to group by', async () => {
    await using opened = await openWith([relationOf('T', columns, [])]);
    const query = compiled(opened.engine.compile('kql', 'T | summarize make_set(Number)', origin));
    expect((await opened.engine.run(query, { now })).rows).to.deep.equal([[[]]]);
  });
});
