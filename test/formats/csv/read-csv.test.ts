import { expect } from 'chai';
import fc from 'fast-check';
import { readCsv } from '../../../src/formats/csv/read-csv.ts';
import { fieldsOf, readLog, type ReadLog } from '../../support/read-log.ts';

const read = (text: string, partBytes?: number, separator = ','): Promise<ReadLog> =>
  readLog((file, context) => readCsv(file, separator, context), text, partBytes);

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

describe('a CSV log', () => {
  it('has its columns as fields, and quoted cells with anything in them', async () => {
    const { events, losses } = await read('Name,Text\r\nx,"a, ""b""\r\nc"\r\n,plain "quote"\r\n');
    expect(losses).to.deep.equal([]);
    expect(events.map(fieldsOf)).to.deep.equal([
      { Name: 'x', Text: 'a, "b"\r\nc' },
      { Name: '', Text: 'plain "quote"' },
    ]);
    expect(events.map(({ origin }) => origin.record)).to.deep.equal([2, 4]);
  });

  it('counts rows that do not fit, and a cell that does not end', async () => {
    const { events, losses } = await read('a,b\n1,2\n1\n\n1,2,3\n4,"5\n');
    expect(events.map(fieldsOf)).to.deep.equal([{ a: '1', b: '2' }]);
    expect(losses).to.deep.equal([
      'truncated 1 row whose quotes do not end, for example: 4,5?',
      'unparsed 2 row with other columns than the first, for example: 1',
    ]);
  });

  it('goes on after a quote that never ends', async () => {
    const { events, losses } = await read(`a,b\n1,"${'x\n'.repeat(9 << 20)}\n3,4\n5,6\n`);
    expect(events.slice(-2).map(fieldsOf)).to.deep.equal([
      { a: '3', b: '4' },
      { a: '5', b: '6' },
    ]);
    expect(losses[0]).to.include('truncated 1 row whose quotes do not end');
  });

  it('is a Windows log when its columns are those of one', async () => {
    const { events } = await read('EventID;Channel;Image\n1;Microsoft-Windows-Sysmon/Operational;C:\\x.exe', 3, ';');
    expect(events[0]?.source).to.include({
      product: 'windows',
      eventId: 1,
      channel: 'Microsoft-Windows-Sysmon/Operational',
    });
  });

  it('gives back every table that was written, in whatever parts it is read', async () => {
    const row = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string(), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.array(row), fc.integer({ min: 1, max: 40 }), async (rows, partBytes) => {
        const text = [['a', 'b', 'c'], ...rows].map((cells) => cells.map(quoted).join(',')).join('\n');
        const { events, losses } = await read(text, partBytes);
        expect(losses).to.deep.equal([]);
        expect(events.map(({ fields }) => [fields['a'], fields['b'], fields['c']])).to.deep.equal(rows);
      }),
    );
  });
});
