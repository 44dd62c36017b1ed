import { expect } from 'chai';
import fc from 'fast-check';
import { readEvtx } from '../../../src/formats/evtx/read-evtx.ts';
import type { XmlNode } from '../../../src/formats/windows-event/tree.ts';
import { data, element, eventTree, optional, text, value } from '../../support/event-tree.ts';
import { chunkOf, fileOf, missing, newYear2020, seal, utf16, type BinaryValue } from '../../support/evtx-writer.ts';
import { fieldsOf, readLog, type ReadLog } from '../../support/read-log.ts';

const read = (file: Buffer, partBytes?: number): Promise<ReadLog> => readLog(readEvtx, file, partBytes);

const system = { Provider_Name: 'Test-Provider', EventID: '7', Channel: 'Test/Log' };

const fieldsFrom = async (rest: readonly XmlNode[], values: readonly BinaryValue[]): Promise<unknown> => {
  const { events, losses } = await read(
    fileOf([chunkOf([{ number: 1, template: eventTree(7, 'Test/Log', ...rest), values }])]),
  );
  expect(losses).to.deep.equal([]);
  return fieldsOf(events[0]);
};

const commandTemplate = eventTree(1, 'Test/Log', element('EventData', {}, data('CommandLine', value(0))));
const commands = (numbers: readonly number[]): Buffer =>
  chunkOf(numbers.map((number) => ({ number, template: commandTemplate, values: [utf16(`command ${number}`)] })));

/** Where the records of a chunk begin. */
const recordPlaces = (chunk: Buffer): readonly number[] => {
  const places: number[] = [];
  for (let at = chunk.indexOf('**\0\0', 512, 'latin1'); at >= 0; at = chunk.indexOf('**\0\0', at + 4, 'latin1'))
    places.push(at);
  return places;
};

describe('an EVTX file', () => {
  it('gives the events of its chunks in order, with their source, number and time', async () => {
    const { events, losses } = await read(fileOf([commands([1, 2]), commands([3])]));
    expect(losses).to.deep.equal([]);
    expect(events.map(({ origin }) => origin.record)).to.deep.equal([1, 2, 3]);
    expect(events.map(({ fields }) => fields['CommandLine'])).to.deep.equal(['command 1', 'command 2', 'command 3']);
    expect(events[0]?.time).to.equal(Date.UTC(2020, 0, 1) * 1000);
    expect(events[0]?.source).to.deep.equal({
      product: 'windows',
      service: null,
      category: null,
      channel: 'Test/Log',
      provider: 'Test-Provider',
      eventId: 1,
    });
    expect(events[0]?.source).to.equal(events[2]?.source);
  });

  it('is the same in whatever parts it is read', async () => {
    const file = fileOf([commands([1, 2]), commands([3]), Buffer.alloc(65_536)]);
    const whole = await read(file);
    for (const partBytes of [1000, 4096, 65_535, 65_536, 70_001]) {
      expect(await read(file, partBytes)).to.deep.equal(whole);
    }
  });

  it('takes the time of the System element before that of the record', async () => {
    const ticks = Buffer.alloc(8);
    ticks.writeBigUInt64LE(newYear2020 + 1_234_567n);
    const template = [element('Event', {}, element('System', {}, element('TimeCreated', { SystemTime: value(0) })))];
    const { events } = await read(fileOf([chunkOf([{ number: 1, template, values: [{ type: 0x11, bytes: ticks }] }])]));
    expect(events[0]?.time).to.equal(Date.UTC(2020, 0, 1) * 1000 + 123_456);
    expect(events[0]?.fields['TimeCreated_SystemTime']).to.equal('2020-01-01T00:00:00.1234567Z');
  });
});

describe('the fields of an EVTX record', () => {
  it('are named by the Name of Data, and Data without one is a list', async () => {
    const rest = [
      element('EventData', {}, data('A', value(0)), element('Data', {}, value(1)), element('Data', {}, value(2))),
    ];
    expect(await fieldsFrom(rest, [utf16('a'), utf16('b'), utf16('c')])).to.deep.equal({
      ...system,
      A: 'a',
      Data: ['b', 'c'],
    });
  });

  it('are named by the elements of UserData, however deep', async () => {
    const rest = [
      element('UserData', {}, element('Cleared', { xmlns: 'x' }, element('User', {}, value(0)), element('Path', {}))),
    ];
    expect(await fieldsFrom(rest, [utf16('bob')])).to.deep.equal({ ...system, User: 'bob', Path: '' });
  });

  it('come from binary XML that a value brings with it', async () => {
    const rest = [value(0), element('EventData', {}, value(1))];
    const nested = [element('UserData', {}, element('X', {}, text('1')))];
    const template = [data('Inner', value(0))];
    const values = [{ nodes: nested }, { template, values: [utf16('deep')] }];
    expect(await fieldsFrom(rest, values)).to.deep.equal({ ...system, X: '1', Inner: 'deep' });
  });

  it('are empty when a value is missing, and absent when it is optional', async () => {
    const rest = [
      element('EventData', {}, data('Empty', value(0)), data('Absent', optional(0)), data('Text', optional(1))),
      element('Other', { Attribute: optional(0) }),
    ];
    expect(await fieldsFrom(rest, [missing, utf16('')])).to.deep.equal({ ...system, Empty: '', Text: '' });
  });

  it('are made of texts and values together', async () => {
    const rest = [
      element(
        'EventData',
        {},
        data('Mixed', text('<'), value(0), text('>')),
        element('Data', { Name: value(0) }, text('named')),
      ),
    ];
    expect(await fieldsFrom(rest, [utf16('x')])).to.deep.equal({ ...system, Mixed: '<x>', x: 'named' });
  });

  it('keep both the data and the part of the System element that share a name', async () => {
    const rest = [
      element(
        'UserData',
        {},
        element('Cleared', {}, element('Channel', {}, value(0)), element('EventID', {}, value(1))),
      ),
    ];
    const file = fileOf([
      chunkOf([{ number: 1, template: eventTree(7, 'Test/Log', ...rest), values: [utf16('Security'), utf16('9')] }]),
    ]);
    const { events } = await read(file);
    expect(fieldsOf(events[0])).to.deep.equal({
      ...system,
      Channel: 'Security',
      System_Channel: 'Test/Log',
      EventData_EventID: '9',
    });
    expect(events[0]?.source.channel).to.equal('Test/Log');
  });

  it('may have the names that JavaScript gives to objects', async () => {
    const rest = [element('EventData', {}, data('__proto__', value(0)), data('constructor', value(1)))];
    const { events } = await read(
      fileOf([chunkOf([{ number: 1, template: eventTree(7, 'Test/Log', ...rest), values: [utf16('p'), utf16('c')] }])]),
    );
    const fields = events[0]?.fields ?? {};
    expect(Object.entries(fields).slice(-2)).to.deep.equal([
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ]);
    expect(Object.getPrototypeOf(Object.getPrototypeOf(fields))).to.equal(null);
  });

  it('are the values that were written, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }), { maxLength: 10 }),
        async (names) => {
          const used = names.filter(
            (name) => name.trim() === name && !name.includes('\0') && !(name in system) && name !== 'Data',
          );
          const rest = [element('EventData', {}, ...used.map((name, index) => data(name, value(index))))];
          const read = (await fieldsFrom(
            rest,
            used.map((name) => utf16(`of ${name}`)),
          )) as Record<string, unknown>;
          expect(Object.keys(read).length).to.equal(3 + used.length);
          for (const name of used) expect(read[name]).to.equal(`of ${name}`);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a damaged EVTX file', () => {
  it('gives the records around one that is damaged, and counts it', async () => {
    const chunk = commands([1, 2, 3]);
    chunk.writeUInt32LE(0xdead, (recordPlaces(chunk)[1] ?? 0) + 4);
    const { events, losses } = await read(fileOf([chunk]));
    expect(events.map(({ origin }) => origin.record)).to.deep.equal([1, 3]);
    expect(losses).to.deep.equal([
      'unparsed 1 EVTX bytes in which no record begins, for example: offset ' + `${recordPlaces(chunk)[1]} of a chunk`,
      "unparsed 1 EVTX chunk: the records' checksum is wrong, for example: 2 events of it could be read",
    ]);
  });

  it('gives the records of a chunk without a header', async () => {
    const chunk = commands([1, 2]);
    chunk.fill(0x41, 0, 512);
    const { events, losses } = await read(fileOf([chunk, commands([3])]));
    expect(events.map(({ origin }) => origin.record)).to.deep.equal([1, 2, 3]);
    expect(losses).to.deep.equal([
      'unparsed 1 EVTX chunk: no chunk begins where one should, for example: 2 events of it could be read',
    ]);
  });

  it('gives the records before the place where it was cut', async () => {
    const chunk = commands([1, 2, 3]);
    const { events, losses } = await read(fileOf([chunk]).subarray(0, 4096 + (recordPlaces(chunk)[2] ?? 0) + 30));
    expect(events.map(({ origin }) => origin.record)).to.deep.equal([1, 2]);
    expect(losses.join()).to.include('truncated 1 EVTX chunk: the file ends inside it');
  });

  it('says how many chunks are missing, and which were wiped', async () => {
    const file = fileOf([commands([1]), Buffer.alloc(65_536), commands([2]), commands([3])]);
    const { events, losses } = await read(file.subarray(0, 4096 + 3 * 65_536));
    expect(events.map(({ origin }) => origin.record)).to.deep.equal([1, 2]);
    expect(losses).to.deep.equal([
      'truncated 1 EVTX chunks that the header counts and the file does not have',
      'unparsed 1 EVTX chunk: it was wiped or never written, for example: 0 events of it could be read',
    ]);
  });

  it('finds the next chunk where bytes are missing or too many', async () => {
    const file = fileOf([commands([1]), commands([2]), commands([3])]);
    const place = 4096 + 65_536;
    const more = Buffer.concat([file.subarray(0, place), Buffer.alloc(777, 0x55), file.subarray(place)]);
    const { events, losses } = await read(more);
    expect(events.map(({ origin }) => origin.record)).to.deep.equal([1, 2, 3]);
    expect(losses).to.deep.equal(['unparsed 1 EVTX bytes between chunks, for example: 777 bytes']);
  });

  it('reads the records that a log in use wrote after its header, and not those it overwrote', async () => {
    const chunk = commands([1, 2, 3]);
    const end = recordPlaces(chunk)[2] ?? 0;
    expect((await read(fileOf([seal(Buffer.from(chunk), end)]))).events.length).to.equal(3);
    const stale = Buffer.from(chunk);
    stale.writeBigUInt64LE(99n, end + 8);
    expect((await read(fileOf([seal(stale, end)]))).events.length).to.equal(2);
  });

  it('is read as a chunk alone, carved from a disk', async () => {
    expect((await read(commands([5, 6]))).events.map(({ origin }) => origin.record)).to.deep.equal([5, 6]);
  });

  it('does not expand to more than it is, when values that fill one another name each other a thousand times', async () => {
    const many = (inner: readonly XmlNode[]): readonly XmlNode[] => Array.from({ length: 400 }, () => inner).flat();
    const deepen = (depth: number): BinaryValue =>
      depth === 0
        ? utf16('boom')
        : { template: [element('A', {}, ...many([element('B', {}, value(0))]))], values: [deepen(depth - 1)] };
    const began = performance.now();
    const { events, losses } = await read(
      fileOf([chunkOf([{ number: 1, template: eventTree(7, 'Test/Log', value(0)), values: [deepen(3)] }])]),
    );
    expect(performance.now() - began).to.be.lessThan(5000);
    expect(events.length).to.equal(0);
    expect(losses[0]).to.include('a chunk expands to more than any log writes');
  });

  it('does not follow a template that contains itself', async () => {
    // After the chunk's header, the record's, the fragment's, and the use of the template.
    const definition = 512 + 24 + 4 + 10;
    const template = eventTree(7, 'Test/Log', { kind: 'instance', offset: definition });
    const { events, losses } = await read(fileOf([chunkOf([{ number: 1, template, values: [] }])]));
    expect(events).to.deep.equal([]);
    expect(losses).to.deep.equal(['unparsed 1 EVTX record: templates are nested too deep, for example: record 1']);
  });
});
