import { expect } from 'chai';
import fc from 'fast-check';
import { readJson } from '../../../src/formats/ndjson/read-json.ts';
import { readNdjson } from '../../../src/formats/ndjson/read-ndjson.ts';
import type { LogSource } from '../../../src/model/log-event.ts';
import { fieldsOf, readLog } from '../../support/read-log.ts';

const lines = (...records: readonly unknown[]) =>
  readLog(readNdjson, records.map((record) => JSON.stringify(record)).join('\n'));

const only = async (record: unknown): Promise<Record<string, unknown>> => fieldsOf((await lines(record)).events[0]);

const sourceOf = async (record: unknown): Promise<Partial<LogSource>> => {
  const source = (await lines(record)).events[0]?.source;
  return Object.fromEntries(Object.entries(source ?? {}).filter(([, value]) => value !== null));
};

const sysmon = {
  product: 'windows',
  channel: 'Microsoft-Windows-Sysmon/Operational',
  provider: 'Microsoft-Windows-Sysmon',
  eventId: 1,
};

describe('a log of JSON objects', () => {
  it('is flat: nested names are joined by dots, lists stand for any of their items', async () => {
    expect(
      await only({ a: { b: { c: 1 }, d: ['x', 2, null] }, e: [{ f: 1 }, { f: 2, g: true }], h: null, i: '' }),
    ).to.deep.equal({
      'a.b.c': 1,
      'a.d': ['x', 2, null],
      'e.f': [1, 2],
      'e.g': true,
      h: null,
      i: '',
    });
  });

  it('keeps the digits of numbers that no double holds', async () => {
    const text =
      '{"id":12345678901234567890,"small":1234567890123456,"text":"12345678901234567890","minus":-9007199254740993}';
    const { events } = await readLog(readNdjson, text);
    expect(fieldsOf(events[0])).to.deep.equal({
      id: '12345678901234567890',
      small: 1234567890123456,
      text: '12345678901234567890',
      minus: '-9007199254740993',
    });
  });

  it('may name fields as JavaScript names parts of objects', async () => {
    const { events } = await readLog(readNdjson, '{"__proto__":"p","constructor":{"prototype":1}}');
    expect(Object.entries(events[0]?.fields ?? {})).to.deep.equal([
      ['__proto__', 'p'],
      ['constructor.prototype', 1],
    ]);
  });

  it('counts lines that are no JSON, no object, or cut', async () => {
    const { events, losses } = await readLog(readNdjson, '{"a":1}\n\nnope\n"text"\n{"b":\n{"c":3}');
    expect(events.map(({ origin }) => origin.record)).to.deep.equal([1, 6]);
    expect(losses).to.deep.equal([
      'unparsed 1 line: JSON, but no object, for example: "text"',
      'unparsed 2 line: not JSON, for example: nope',
    ]);
  });

  it('survives brackets a million deep', async () => {
    for (const [open, close] of [
      ['{"a":', '}'],
      ['[', ']'],
      ['{"data":[', ']}'],
      ['{"a":1234567890123456789,"b":', '}'],
    ] as const) {
      for (const depth of [40, 3000, 500_000]) {
        const { events, losses } = await readLog(readNdjson, `${open.repeat(depth)}{}${close.repeat(depth)}`);
        expect(events.length + losses.length, `${open} ${depth}`).to.equal(1);
      }
    }
  });

  it('takes its time from where it says it most exactly', async () => {
    const noon = Date.UTC(2024, 0, 2, 12) * 1000;
    const forms = [
      { '@timestamp': '2024-01-02T12:00:00Z', time: '1999-01-01T00:00:00Z' },
      { UtcTime: '2024-01-02 12:00:00.000' },
      { eventTime: '2024-01-02T14:00:00+02:00' },
      { ts: 1704196800 },
      { timestamp: 1704196800000 },
      { time: '1704196800000000' },
      { TimeCreated: '/Date(1704196800000)/' },
    ];
    const { events } = await lines(...forms, { timestamp: 'yesterday' }, { EventTime: '2024-13-02T00:00:00Z' });
    expect(events.map(({ time }) => time)).to.deep.equal([...forms.map(() => noon), null, null]);
  });
});

describe('a Windows event in JSON', () => {
  const inside = { Image: 'C:\\x.exe', CommandLine: 'x' };
  const named = { EventID: 1, Channel: sysmon.channel, Provider_Name: sysmon.provider, Computer: 'ws1', ...inside };

  it('is recognized when it is flat, in the words of each tool', async () => {
    const forms = [
      named,
      { EventID: 1, Channel: sysmon.channel, SourceName: sysmon.provider, Hostname: 'ws1', ...inside },
      { Id: 1, LogName: sysmon.channel, ProviderName: sysmon.provider, MachineName: 'ws1', ...inside },
      { 'Event ID': '1', 'Log Name': sysmon.channel, ProviderName: sysmon.provider, computer_name: 'ws1', ...inside },
    ];
    for (const form of forms) {
      expect(await sourceOf(form)).to.deep.equal(sysmon);
      expect(await only(form)).to.include({ Channel: sysmon.channel, Provider_Name: sysmon.provider, Computer: 'ws1' });
    }
  });

  it('is recognized in the form of Winlogbeat, and has the names of Windows beside those of ECS', async () => {
    const winlog = {
      channel: sysmon.channel,
      provider_name: sysmon.provider,
      event_id: '1',
      computer_name: 'ws1',
      event_data: inside,
    };
    for (const form of [
      { '@timestamp': '2024-01-02T12:00:00Z', winlog, process: { executable: 'C:\\x.exe' } },
      { _index: 'i', _source: { winlog } },
      Object.fromEntries([
        ...Object.entries(winlog)
          .filter(([name]) => name !== 'event_data')
          .map(([name, value]) => [`winlog.${name}`, value]),
        ...Object.entries(inside).map(([name, value]) => [`winlog.event_data.${name}`, value]),
      ]),
    ]) {
      expect(await sourceOf(form)).to.deep.equal(sysmon);
      expect(await only(form)).to.include({ ...named, EventID: '1', 'winlog.event_data.Image': 'C:\\x.exe' });
    }
  });

  it('is recognized as the tree of its XML', async () => {
    const record = {
      Event: {
        '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
        System: {
          Provider: { '#attributes': { Name: sysmon.provider } },
          EventID: { '#attributes': { Qualifiers: 0 }, '#text': 1 },
          TimeCreated: { '#attributes': { SystemTime: '2024-01-02T12:00:00Z' } },
          Channel: sysmon.channel,
          Computer: 'ws1',
        },
        EventData: inside,
      },
    };
    expect(await sourceOf(record)).to.deep.equal(sysmon);
    expect(await only(record)).to.deep.equal({
      ...named,
      EventID_Qualifiers: 0,
      TimeCreated_SystemTime: '2024-01-02T12:00:00Z',
    });
    const user = {
      Event: { System: { EventID: 104, Channel: 'System' }, UserData: { LogFileCleared: { Channel: 'Security' } } },
    };
    expect(await only(user)).to.deep.equal({ EventID: 104, Channel: 'Security', System_Channel: 'System' });
  });
});

describe('the source of a JSON record', () => {
  const cases: readonly (readonly [string, unknown, Partial<LogSource>])[] = [
    [
      'CloudTrail',
      { eventVersion: '1', eventSource: 's3.amazonaws.com', eventName: 'x' },
      { product: 'aws', service: 'cloudtrail' },
    ],
    ['Google Cloud', { protoPayload: { serviceName: 'iam' } }, { product: 'gcp', service: 'gcp.audit' }],
    ['Entra sign-ins', { category: 'SignInLogs', tenantId: 'x' }, { product: 'azure', service: 'signinlogs' }],
    ['Okta', { eventType: 'x', published: 'y', actor: { id: 'z' } }, { product: 'okta', service: 'okta' }],
    ['Zeek', { ts: 1704196800.5, _path: 'dns', query: 'x' }, { product: 'zeek', service: 'dns' }],
    [
      'our recordings',
      { 'tocsin.sensor': 'trace', 'tocsin.persona': 'windows', 'event.action': 'process-start' },
      { product: 'windows', category: 'process_creation' },
    ],
    ['nobody', { a: 1 }, {}],
    ['a name that objects have', { category: 'constructor', 'event.action': 'toString' }, {}],
  ];
  for (const [name, record, expected] of cases) {
    it(`is known by its shape: ${name}`, async () => {
      expect(await sourceOf(record)).to.deep.equal(expected);
    });
  }

  it("is the program in systemd's journal, and Sysmon's own events in it are read as what they are", async () => {
    const journal = { __REALTIME_TIMESTAMP: '1704196800000001', SYSLOG_IDENTIFIER: 'sshd', MESSAGE: 'Failed password' };
    const { events } = await lines(journal, { ...journal, MESSAGE: [104, 195, 164] });
    expect(events.map(({ source, time, fields }) => [source.service, time, fields['message']])).to.deep.equal([
      ['sshd', 1_704_196_800_000_001, 'Failed password'],
      ['sshd', 1_704_196_800_000_001, 'hä'],
    ]);
    const xml = '<Event><System><Provider Name="Linux-Sysmon"/><EventID>3</EventID></System><EventData/></Event>';
    expect(await sourceOf({ ...journal, SYSLOG_IDENTIFIER: 'sysmon', MESSAGE: xml })).to.deep.equal({
      product: 'linux',
      service: 'sysmon',
      category: 'network_connection',
      provider: 'Linux-Sysmon',
      eventId: 3,
    });
  });

  it('names the fields of our own recordings as Sigma does', async () => {
    const record = {
      'tocsin.sensor': 'trace',
      'tocsin.persona': 'linux',
      'event.action': 'connect',
      'host.name': 'web1',
      'process.executable': '/usr/bin/curl',
      'destination.ip': '203.0.113.7',
      'destination.port': 443,
    };
    expect(await only(record)).to.include({
      Image: '/usr/bin/curl',
      DestinationIp: '203.0.113.7',
      DestinationPort: 443,
      Computer: 'web1',
    });
  });
});

describe('a JSON file', () => {
  const counts = async (text: string): Promise<unknown> => {
    const { events, losses } = await readLog(readJson, text, 5);
    return [events.map(({ fields }) => fields['a']), losses];
  };

  it('is a list, a wrapper around one, or objects one after the other', async () => {
    expect(await counts('[\n {"a":1},\n {"a":"}{"} ]')).to.deep.equal([[1, '}{'], []]);
    expect(await counts('{"Records":[{"a":1},{"a":2}]}')).to.deep.equal([[1, 2], []]);
    expect(await counts('{"hits":{"hits":[{"_source":{"a":1}}]}}')).to.deep.equal([[1], []]);
    expect(await counts('{\n"a":"\\"{"\n}\n{\n"a":2}')).to.deep.equal([['"{', 2], []]);
  });

  it('counts an object that is damaged, and one in which the file ends', async () => {
    expect(await counts('[{"a":1},{"a":oops},{"a":3},{"a":')).to.deep.equal([
      [1, 3],
      [
        'truncated 1 JSON object: it does not end, for example: {"a":',
        'unparsed 1 JSON object: not JSON, for example: {"a":oops}',
      ],
    ]);
  });

  it('gives back every object of every list, in whatever parts it is read', async () => {
    const object = fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(fc.string(), fc.integer(), fc.boolean()), {
      minKeys: 1,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(object),
        fc.integer({ min: 1, max: 50 }),
        fc.nat({ max: 3 }),
        async (objects, partBytes, indent) => {
          const { events, losses } = await readLog(
            readJson,
            JSON.stringify(
              objects.map((each) => ({ ...each, last: 1 })),
              null,
              indent,
            ),
            partBytes,
          );
          expect(losses).to.deep.equal([]);
          expect(events.length).to.equal(objects.length);
        },
      ),
    );
  });
});
