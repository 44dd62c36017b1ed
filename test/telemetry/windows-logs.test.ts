import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { LabEvent } from '../../src/model/event.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { loadProfile } from '../../src/telemetry/profile.ts';
import { at, connection, event, manifest, noon, onLinux } from '../support/events.ts';
import { productRows, readRows } from '../support/product-rows.ts';

/** Sysmon's form of a guid; ours are made from entity ids. */
const guid = (entity: string): string => {
  const digits = createHash('md5').update(entity).digest('hex').toUpperCase();
  return `{${digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}}`;
};

const process = {
  RuleName: '-',
  UtcTime: '2026-11-20 12:00:00.123',
  ProcessGuid: guid('ws1:6812:1'),
  ProcessId: 6812,
  Image: String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
  User: String.raw`LAB\Analyst`,
};

describe('Sysmon', () => {
  it('1 shows a process with its parent', async () => {
    const rows = await productRows('Sysmon-1', [event({ 'event.action': 'process-start' })]);
    expect(rows).to.deep.equal([
      {
        ...process,
        CommandLine: 'powershell.exe -NoProfile',
        CurrentDirectory: 'C:\\Users\\analyst\\',
        ParentProcessGuid: guid('ws1:400:1'),
        ParentProcessId: 400,
        ParentImage: String.raw`C:\Windows\System32\cmd.exe`,
        ParentCommandLine: 'cmd.exe /c x',
        ParentUser: String.raw`LAB\Analyst`,
      },
    ]);
  });

  it('1 gives a process the same guid that its parenthood and its connections have', async () => {
    const child = event({
      'event.action': 'process-start',
      'process.entity_id': 'c',
      'process.parent.entity_id': 'ws1:6812:1',
    });
    const [started] = await productRows('Sysmon-1', [child]);
    const [connected] = await productRows('Sysmon-3', [connection()]);
    expect(started?.['ParentProcessGuid']).to.equal(connected?.['ProcessGuid']);
  });

  it('3 shows a connection', async () => {
    const rows = await productRows('Sysmon-3', [
      connection({ 'destination.domain': 'c2.example', 'destination.port': 443 }),
    ]);
    expect(rows).to.deep.equal([
      {
        ...process,
        Protocol: 'tcp',
        Initiated: true,
        SourceIsIpv6: false,
        SourceIp: '10.13.37.10',
        SourceHostname: 'ws1',
        SourcePort: 49152,
        SourcePortName: '-',
        DestinationIsIpv6: false,
        DestinationIp: '203.0.113.7',
        DestinationHostname: 'c2.example',
        DestinationPort: 443,
        DestinationPortName: 'https',
      },
    ]);
  });

  it('3 shows an accepted connection as not initiated', async () => {
    const [row] = await productRows('Sysmon-3', [
      connection({
        'event.action': 'accept',
        'source.ip': 'fe80::1',
        'destination.ip': '::1',
        'network.direction': 'ingress',
      }),
    ]);
    expect(row).to.include({
      Initiated: false,
      SourceIsIpv6: true,
      DestinationIsIpv6: true,
      SourceHostname: '-',
      DestinationHostname: 'ws1',
    });
  });

  it('3 shows a refused connection where the profile says so, and there only', async () => {
    const refused = [connection({ 'event.outcome': 'failure', 'event.reason': 'refused' })];
    const profile = loadProfile('lab');
    const quiet = {
      ...profile,
      options: { ...profile.options, 'sysmon.refused': { value: false, because: 'test', source: 'unverified' } },
    };
    expect(await productRows('Sysmon-3', refused)).to.have.length(1);
    expect(await productRows('Sysmon-3', refused, { profile: quiet })).to.have.length(0);
    expect(await productRows('Sysmon-3', [connection()], { profile: quiet })).to.have.length(1);
  });

  it('5 shows the end of a process', async () => {
    expect(await productRows('Sysmon-5', [event({ 'event.action': 'process-end' })])).to.deep.equal([process]);
  });

  it('11 shows a file created, not one that could not be', async () => {
    const created = event({ 'event.action': 'file-create', 'file.path': String.raw`C:\t\a.exe` });
    const rows = await productRows('Sysmon-11', [created, { ...created, 'event.outcome': 'failure' }]);
    expect(rows).to.deep.equal([
      { ...process, TargetFilename: String.raw`C:\t\a.exe`, CreationUtcTime: '2026-11-20 12:00:00.123' },
    ]);
  });

  it('22 shows a question with its answers', async () => {
    const answers = [
      { type: 'CNAME', data: 'edge.example' },
      { type: 'A', data: '203.0.113.7' },
      { type: 'AAAA', data: '2001:db8::7' },
      { type: 'TYPE99', data: '00' },
    ];
    const rows = await productRows('Sysmon-22', [
      event({
        'event.action': 'dns-query',
        'dns.question.name': 'c2.example',
        'dns.response_code': 'NOERROR',
        'dns.answers': JSON.stringify(answers),
      }),
    ]);
    expect(rows).to.deep.equal([
      {
        ...process,
        QueryName: 'c2.example',
        QueryStatus: '0',
        QueryResults: 'type:  5 edge.example;::ffff:203.0.113.7;2001:db8::7;type: 99 00;',
      },
    ]);
  });

  for (const [code, status] of [
    ['NXDOMAIN', '9003'],
    ['SERVFAIL', '9002'],
    ['RCODE15', '9502'],
    [undefined, '1460'],
  ] as const) {
    it(`22 has status ${status} and a dash for ${code ?? 'no answer'}`, async () => {
      const [row] = await productRows('Sysmon-22', [event({ 'event.action': 'dns-query', 'dns.response_code': code })]);
      expect(row).to.include({ QueryStatus: status, QueryResults: '-' });
    });
  }

  it('22 has status 9501 for an answer without records', async () => {
    const [row] = await productRows('Sysmon-22', [
      event({ 'event.action': 'dns-query', 'dns.response_code': 'NOERROR', 'dns.answers': '[]' }),
    ]);
    expect(row).to.include({ QueryStatus: '9501', QueryResults: '-' });
  });

  it('22 knows nothing of what nslookup asks', async () => {
    const asked = event({ 'event.action': 'dns-query', 'process.name': 'nslookup.exe' });
    expect(await productRows('Sysmon-22', [asked])).to.deep.equal([]);
  });

  it('writes times with milliseconds, cut and not rounded, and midnight in full', async () => {
    const rows = await productRows('Sysmon-5', [
      event({ 'event.action': 'process-end', '@timestamp': at('2026-11-20T23:59:59.999999Z'), 'event.id': 'a' }),
      event({ 'event.action': 'process-end', '@timestamp': at('2026-11-21T00:00:00Z'), 'event.id': 'b' }),
    ]);
    expect(rows.map((row) => row['UtcTime'])).to.deep.equal(['2026-11-20 23:59:59.999', '2026-11-21 00:00:00.000']);
  });

  it('puts the host for the domain of an account without one', async () => {
    const [row] = await productRows('Sysmon-5', [event({ 'event.action': 'process-end', 'user.domain': undefined })]);
    expect(row?.['User']).to.equal(String.raw`WS1\Analyst`);
  });
});

describe('the Security log', () => {
  it('4688 shows a process with its command line', async () => {
    expect(await productRows('Security-4688', [event({ 'event.action': 'process-start' })])).to.deep.equal([
      {
        SubjectUserName: 'Analyst',
        SubjectDomainName: 'LAB',
        NewProcessId: '0x1a9c',
        NewProcessName: String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
        ProcessId: '0x190',
        CommandLine: 'powershell.exe -NoProfile',
        TargetUserSid: 'S-1-0-0',
        TargetUserName: '-',
        TargetDomainName: '-',
        TargetLogonId: '0x0',
        ParentProcessName: String.raw`C:\Windows\System32\cmd.exe`,
      },
    ]);
  });

  it('4688 has no command line without the policy', async () => {
    const profile = loadProfile('lab');
    const off = {
      ...profile,
      options: { ...profile.options, 'security.command-line': { value: false, because: 'test', source: 'unverified' } },
    };
    const [row] = await productRows('Security-4688', [event({ 'event.action': 'process-start' })], { profile: off });
    expect(row).to.not.have.property('CommandLine');
  });
});

describe("PowerShell's log", () => {
  const record = (data: string, id = 4104) =>
    event({
      'event.action': 'log-record',
      'winlog.channel': 'Microsoft-Windows-PowerShell/Operational',
      'winlog.event_id': id,
      'winlog.event_data': data,
    });

  it('4104 shows a script block as PowerShell wrote it', async () => {
    const data = {
      MessageNumber: 1,
      MessageTotal: '2',
      ScriptBlockText: 'iwr "x"\r\n',
      ScriptBlockId: 'b-1',
      Path: '',
    };
    expect(await productRows('PowerShell-4104', [record(JSON.stringify(data))])).to.deep.equal([
      { ...data, MessageTotal: 2 },
    ]);
  });

  it('4104 shows no other record', async () => {
    expect(await productRows('PowerShell-4104', [record('{}', 4103)])).to.deep.equal([]);
  });

  it('4104 shows a row without text for data that is not JSON', async () => {
    expect(await productRows('PowerShell-4104', [record('{"ScriptBlockText": "x"')])).to.deep.equal([{}]);
  });
});

describe('the logs of Windows', () => {
  it('have nothing of a Linux host', async () => {
    const actions = ['process-start', 'process-end', 'connect', 'dns-query', 'file-create'] as const;
    const events = actions.map((action) => event({ ...onLinux, 'event.action': action, '@timestamp': noon }));
    for (const table of ['Sysmon-1', 'Sysmon-3', 'Sysmon-5', 'Sysmon-11', 'Sysmon-22', 'Security-4688'])
      expect(await productRows(table, events), table).to.deep.equal([]);
  });
});

describe('the log of the DNS client', () => {
  const record = (id: number, data: string, channel = 'Microsoft-Windows-DNS-Client/Operational'): LabEvent =>
    event({
      'event.action': 'log-record',
      'winlog.channel': channel,
      'winlog.event_id': id,
      'winlog.event_data': data,
    });

  it('3008 shows a completed question, and no options: nobody knows them', async () => {
    const data = { QueryName: 'c2.example', QueryType: 1, QueryStatus: 0, QueryResults: '::ffff:203.0.113.7;' };
    expect(await productRows('DnsClient-3008', [record(3008, JSON.stringify(data))])).to.deep.equal([data]);
  });

  it('3008 shows no other record, and a row without fields for data that is not JSON', async () => {
    expect(await productRows('DnsClient-3008', [record(3006, '{}'), record(3008, '{}', 'Security')])).to.deep.equal([]);
    expect(await productRows('DnsClient-3008', [record(3008, '{')])).to.deep.equal([{}]);
  });
});

describe('the registry in the logs', () => {
  const record = (id: number, data: object): LabEvent =>
    event({
      'event.action': 'log-record',
      'winlog.channel': 'Microsoft-Windows-Kernel-Registry',
      'winlog.event_id': id,
      'winlog.event_data': JSON.stringify(data),
    });
  const run = String.raw`\REGISTRY\USER\S-1-5-21-1-2-3-1001\Software\Microsoft\Windows\CurrentVersion\Run`;
  const lsa = String.raw`\REGISTRY\MACHINE\SYSTEM\ControlSet001\Control\Lsa`;
  const set = (Type: number, Data: string): LabEvent => record(5, { KeyName: lsa, ValueName: 'v', Type, Data });

  it('12 shows keys made and deleted, and values deleted, by their abbreviated names', async () => {
    const rows = await productRows('Sysmon-12', [
      record(1, { KeyName: run }),
      record(3, { KeyName: lsa }),
      record(6, { KeyName: run, ValueName: '' }),
      set(4, '0x1'),
    ]);
    expect(rows.map(({ EventType, TargetObject }) => [EventType, TargetObject])).to.deep.equal([
      ['CreateKey', String.raw`HKU\S-1-5-21-1-2-3-1001\Software\Microsoft\Windows\CurrentVersion\Run`],
      ['DeleteKey', String.raw`HKLM\System\CurrentControlSet\Control\Lsa`],
      ['DeleteValue', String.raw`HKU\S-1-5-21-1-2-3-1001\Software\Microsoft\Windows\CurrentVersion\Run\(Default)`],
    ]);
  });

  it('13 shows data as Sysmon prints each type', async () => {
    const rows = await productRows('Sysmon-13', [
      set(1, 'C:\\x.exe'),
      set(1, ''),
      set(2, '%TEMP%'),
      set(4, '0x1f'),
      set(11, '0x100000002'),
      set(3, '00FF'),
      set(7, 'a\\0b'),
    ]);
    expect(rows.map(({ Details }) => Details)).to.deep.equal([
      'C:\\x.exe',
      '(Empty)',
      '%TEMP%',
      'DWORD (0x0000001f)',
      'QWORD (0x00000001-0x00000002)',
      'Binary Data',
      'Binary Data',
    ]);
    expect(rows[0]).to.include({ ...process, TargetObject: String.raw`HKLM\System\CurrentControlSet\Control\Lsa\v` });
  });

  it('4657 shows what a value was and is, and only where registry auditing is on', async () => {
    const changed = record(5, {
      KeyName: lsa,
      ValueName: 'v',
      Type: 4,
      Data: '0x1f',
      PreviousType: 1,
      PreviousData: 'a',
    });
    const rows = await productRows('Security-4657', [
      changed,
      record(6, { KeyName: lsa, ValueName: 'v', PreviousType: 4, PreviousData: '0x1f' }),
    ]);
    expect(
      rows.map(({ OperationType, OldValueType, OldValue, NewValueType, NewValue }) => [
        OperationType,
        OldValueType,
        OldValue,
        NewValueType,
        NewValue,
      ]),
    ).to.deep.equal([
      ['%%1905', '%%1873', 'a', '%%1876', '31'],
      ['%%1906', '%%1876', '31', '-', '-'],
    ]);
    expect(rows[0]).to.include({
      ObjectName: lsa,
      ObjectValueName: 'v',
      ProcessId: '0x1a9c',
      SubjectUserName: 'Analyst',
    });
    const lab = loadProfile('lab');
    const profile = {
      ...lab,
      options: { ...lab.options, 'security.registry': { value: false, because: 'a test', source: 'unverified' } },
    };
    expect(await productRows('Security-4657', [changed], { profile })).to.deep.equal([]);
  });

  it('reaches Defender with the names of its own', async () => {
    const rows = await productRows('DeviceRegistryEvents', [set(4, '0x1f'), record(3, { KeyName: run })]);
    expect(rows[0]).to.include({
      ActionType: 'RegistryValueSet',
      RegistryKey: String.raw`HKEY_LOCAL_MACHINE\SYSTEM\ControlSet001\Control\Lsa`,
      RegistryValueName: 'v',
      RegistryValueType: 'Dword',
      RegistryValueData: '31',
      InitiatingProcessFileName: 'powershell.exe',
    });
    expect(rows[1]).to.include({
      ActionType: 'RegistryKeyDeleted',
      PreviousRegistryKey: String.raw`HKEY_USERS\S-1-5-21-1-2-3-1001\Software\Microsoft\Windows\CurrentVersion\Run`,
    });
  });
});

describe('Sysmon 23', () => {
  it('shows a file deleted, and no failed attempt', async () => {
    const gone = event({ 'event.action': 'file-delete', 'file.path': String.raw`C:\x\a.exe`, 'file.name': 'a.exe' });
    const rows = await productRows('Sysmon-23', [gone, { ...gone, 'event.outcome': 'failure' }]);
    expect(rows).to.deep.equal([
      { ...process, TargetFilename: String.raw`C:\x\a.exe`, IsExecutable: true, Archived: 'false' },
    ]);
  });
});

describe('Security 5156', () => {
  it('shows a connection that was let through, refused or not, from the host’s own end', async () => {
    const rows = await productRows('Security-5156', [
      connection({ 'event.outcome': 'failure', 'event.reason': 'refused' }),
      connection({
        ...{
          'event.id': 'ws1:trace:2',
          'event.action': 'accept',
          'network.direction': 'ingress',
          'network.type': 'ipv6',
        },
        ...{ 'source.ip': 'fe80::1', 'destination.ip': 'fe80::2', 'destination.port': 8888 },
      }),
      connection({ 'event.id': 'ws1:packets:3', 'event.action': 'network-flow', 'process.executable': undefined }),
    ]);
    const common = {
      ProcessID: 6812,
      Application: String.raw`\device\harddiskvolume1\windows\system32\windowspowershell\v1.0\powershell.exe`,
      Protocol: 6,
      RemoteUserID: 'S-1-0-0',
      RemoteMachineID: 'S-1-0-0',
    };
    expect(rows).to.deep.equal([
      {
        ...common,
        ...{ Direction: '%%14593', LayerName: '%%14611', LayerRTID: 48 },
        ...{ SourceAddress: '10.13.37.10', SourcePort: '49152', DestAddress: '203.0.113.7', DestPort: '8443' },
      },
      {
        ...common,
        ...{ Direction: '%%14592', LayerName: '%%14610', LayerRTID: 46 },
        ...{ SourceAddress: 'fe80::2', SourcePort: '8888', DestAddress: 'fe80::1', DestPort: '49152' },
      },
    ]);
  });
});

describe('Security 4698, 4699 and 4702', () => {
  const common = {
    SubjectUserSid: 'S-1-5-21-1-2-3-1001',
    SubjectUserName: 'analyst',
    SubjectDomainName: 'LAB',
    TaskName: '\\x',
  };

  const record = (id: number, data: Record<string, string>) =>
    event({
      'event.action': 'log-record',
      'winlog.channel': 'Security',
      'winlog.event_id': id,
      'winlog.event_data': JSON.stringify({ ...common, ...data }),
    });
  const records = [
    record(4698, { TaskContent: '<Task>1' }),
    record(4702, { TaskContentNew: '<Task>2' }),
    record(4699, { TaskContent: '<Task>3' }),
  ];
  it('show a task and its XML as the service wrote them', async () => {
    expect(await productRows('Security-4698', records)).to.deep.equal([{ ...common, TaskContent: '<Task>1' }]);
    expect(await productRows('Security-4702', records)).to.deep.equal([{ ...common, TaskContentNew: '<Task>2' }]);
    expect(await productRows('Security-4699', records)).to.deep.equal([{ ...common, TaskContent: '<Task>3' }]);
  });

  it('are not written by a Windows that nobody configured, and nothing feeds their tables then', async () => {
    const topology = { ...manifest().topology, profile: 'windows-default' as const };
    await using hub = await openHub({ manifest: manifest({ topology }), events: records });
    expect(await readRows(hub, 'Security-4698')).to.deep.equal([]);
    expect(hub.tables.get('Security-4698')?.unfed).to.equal(
      'the sensor profile windows-default leaves security.object-access off',
    );
    expect(hub.tables.get('Sysmon-1')?.unfed).to.equal(null);
  });
});
