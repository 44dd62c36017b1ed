import { expect } from 'chai';
import type { Hub } from '../../src/telemetry/hub.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { loadProfile } from '../../src/telemetry/profile.ts';
import { connection, event, manifest } from '../support/events.ts';
import { readRows } from '../support/product-rows.ts';

const hostile = `a<b> & "c" \u0001\uFFFE\\u0001 ]]>`;

const events = [
  event({ 'event.action': 'process-start', 'process.command_line': hostile }),
  connection({ 'event.id': 'ws1:trace:2' }),
  event({
    'event.action': 'log-record',
    'event.id': 'ws1:records:3',
    'winlog.channel': 'Security',
    'winlog.event_id': 4698,
    'winlog.event_data': JSON.stringify({
      SubjectUserSid: 'S-1-5-21-1',
      SubjectUserName: 'analyst',
      SubjectDomainName: 'LAB',
      TaskName: '\\x',
      TaskContent: '<Task/>',
    }),
  }),
  event({
    'event.action': 'log-record',
    'event.id': 'ws1:records:4',
    'winlog.channel': 'Microsoft-Windows-PowerShell/Operational',
    'winlog.event_id': 4104,
    'winlog.event_data': JSON.stringify({ ScriptBlockText: 'iex 1', MessageNumber: 1 }),
  }),
];

const clean = `a&lt;b&gt; &amp; "c" \\u0001 ]]&gt;`;

/** The value of a field in a table's XML. */
const field = (xml: unknown, name: string): string | undefined =>
  new RegExp(`<Data Name="${name}">([^<]*)</Data>`).exec(String(xml))?.[1];

describe('the tables of Windows logs in a Sentinel workspace', () => {
  let hub: Hub;
  before(async () => {
    hub = await openHub({ manifest: manifest(), events });
  });
  after(() => hub[Symbol.asyncDispose]());
  afterEach(() => hub.setScope({ variant: null, shiftMicros: 0 }));

  it('Event has the records of Sysmon and of PowerShell, with their data as published rows show it', async () => {
    const rows = await readRows(hub, 'Event');
    expect(rows.map((row) => [row['Source'], row['EventID']])).to.deep.equal([
      ['Microsoft-Windows-PowerShell', 4104],
      ['Microsoft-Windows-Sysmon', 1],
      ['Microsoft-Windows-Sysmon', 3],
    ]);
    const [, , connected] = rows;
    expect(connected).to.include({
      EventLog: 'Microsoft-Windows-Sysmon/Operational',
      Computer: 'ws1',
      EventLevel: 4,
      EventLevelName: 'Information',
      UserName: String.raw`NT AUTHORITY\SYSTEM`,
    });
    expect(connected?.['EventData']).to.match(
      /^<DataItem Type="System\.XmlData" time="2026-11-20T12:00:00\.1234560Z" sourceHealthServiceId="[0-9a-f-]{36}"><EventData xmlns="http:\/\/schemas\.microsoft\.com\/win\/2004\/08\/events\/event"><Data Name="RuleName">-<\/Data><Data Name="UtcTime">2026-11-20 12:00:00\.123<\/Data>.*<\/EventData><\/DataItem>$/,
    );
    expect(field(connected?.['EventData'], 'DestinationPort')).to.equal('8443');
    expect(field(connected?.['EventData'], 'Initiated')).to.equal('true');
    expect(connected?.['ParameterXml']).to.match(/^<Param>-<\/Param><Param>2026-11-20 12:00:00\.123<\/Param>/);
    expect(connected?.['RenderedDescription']).to.match(
      /^Network connection detected: \r\nRuleName: -\r\nUtcTime: 2026-11-20 12:00:00\.123\r\n/,
    );
  });

  it('write what hosts write as XML can hold it, and leave empty what is null in the record’s own table', async () => {
    const [, started] = await readRows(hub, 'Event');
    expect(field(started?.['EventData'], 'CommandLine')).to.equal(clean);
    expect(field(started?.['EventData'], 'Hashes')).to.equal('');
  });

  it('WindowsEvent has them all, their data as an object', async () => {
    const rows = await readRows(hub, 'WindowsEvent');
    expect(rows.map((row) => row['EventID'])).to.have.members([4104, 1, 3, 4698, 4688, 5156]);
    const started = rows.find((row) => row['EventID'] === 1);
    const data = JSON.parse(String(started?.['EventData'])) as Record<string, string>;
    expect(data).to.include({ UtcTime: '2026-11-20 12:00:00.123', ProcessId: '6812', Hashes: '' });
    expect(data['CommandLine']).to.equal(String.raw`a<b> & "c" \u0001 ]]>`);
  });

  it('SecurityEvent has columns for the fields of 4688, and EventData for a task', async () => {
    const rows = await readRows(hub, 'SecurityEvent');
    const [task, started, permitted] = rows;
    expect(started).to.include({
      EventID: 4688,
      Activity: '4688 - A new process has been created.',
      Account: String.raw`LAB\Analyst`,
      AccountType: 'User',
      NewProcessName: String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
      Process: 'powershell.exe',
      ParentProcessName: String.raw`C:\Windows\System32\cmd.exe`,
    });
    expect(started).to.not.have.any.keys('EventData', 'LogonType');
    expect(task).to.include({ EventID: 4698 }).and.not.have.any.keys('Account', 'SubjectUserName');
    expect(task?.['EventData']).to.equal(
      '<EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event">\r\n' +
        '  <Data Name="SubjectUserSid">S-1-5-21-1</Data>\r\n  <Data Name="SubjectUserName">analyst</Data>\r\n' +
        '  <Data Name="SubjectDomainName">LAB</Data>\r\n  <Data Name="SubjectLogonId"></Data>\r\n' +
        '  <Data Name="TaskName">\\x</Data>\r\n  <Data Name="TaskContent">&lt;Task/&gt;</Data>\r\n</EventData>',
    );
    expect(field(permitted?.['EventData'], 'DestPort')).to.equal('8443');
    expect(rows).to.have.length(3);
  });

  it('move with a scope, in the text of their data too', async () => {
    await hub.setScope({ variant: null, shiftMicros: 3_600_000_000 });
    const [, started] = await readRows(hub, 'Event');
    expect(started?.['TimeGenerated']).to.equal('2026-11-20 13:00:00.123456Z');
    expect(field(started?.['EventData'], 'UtcTime')).to.equal('2026-11-20 13:00:00.123');
    expect(started?.['EventData']).to.contain('time="2026-11-20T13:00:00.1234560Z"');
    const forwarded = (await readRows(hub, 'WindowsEvent')).find((row) => row['EventID'] === 1);
    expect(forwarded?.['EventData']).to.contain('"UtcTime":"2026-11-20 13:00:00.123"');
  });

  it('carry the event behind each row, and its marks', async () => {
    const [, started] = await readRows(hub, 'Event', 'evidenceSql');
    expect(started).to.include({
      'tocsin.event': 'ws1:trace:1',
      'tocsin.variant': 'v1',
      'tocsin.marks': '["emulated-persona"]',
    });
    expect(hub.tables.get('Event')?.columnMarks.get('EventData')).to.deep.equal(['always-null-column']);
  });

  it('are fed as the sensor profile has it', async () => {
    const profile = loadProfile('windows-default');
    await using plain = await openHub({ manifest: manifest(), events }, { profile });
    expect(await readRows(plain, 'WindowsEvent')).to.deep.equal([]);
    expect(plain.tables.get('WindowsEvent')?.unfed).to.equal(
      'the sensor profile windows-default leaves windows-event.forwarded off',
    );
    const logged = await readRows(plain, 'SecurityEvent');
    expect(logged.map((row) => row['EventID'])).to.deep.equal([4688]);
    expect(logged[0]).to.not.have.property('CommandLine');
  });
});
