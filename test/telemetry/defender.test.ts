import { expect } from 'chai';
import { connection, event, onLinux } from '../support/events.ts';
import { productRows } from '../support/product-rows.ts';

const device = {
  Timestamp: '2026-11-20 12:00:00.123456Z',
  TimeGenerated: '2026-11-20 12:00:00.123456Z',
  DeviceName: 'ws1',
  IsInitiatingProcessRemoteSession: false,
};

const initiator = {
  InitiatingProcessFileName: 'powershell.exe',
  InitiatingProcessFolderPath: String.raw`c:\windows\system32\windowspowershell\v1.0\powershell.exe`,
  InitiatingProcessId: 6812,
  InitiatingProcessCommandLine: 'powershell.exe -NoProfile',
  InitiatingProcessCreationTime: '2026-11-20 11:59:59.123456Z',
  InitiatingProcessAccountDomain: 'lab',
  InitiatingProcessAccountName: 'analyst',
  InitiatingProcessParentFileName: 'cmd.exe',
  InitiatingProcessParentId: 400,
  InitiatingProcessParentCreationTime: '2026-11-20 11:59:58.123456Z',
};

/** Ids that are derived: their form is tested once, their values are not facts. */
const withoutIds = (row: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> => {
  const derived = ['DeviceId', 'ReportId', 'InitiatingProcessUniqueId', 'ProcessUniqueId'];
  return Object.fromEntries(Object.entries(row ?? {}).filter(([name]) => !derived.includes(name)));
};

describe('DeviceNetworkEvents', () => {
  it('shows a connection to an address of a zone that is declared to be public', async () => {
    const [row, ...rest] = await productRows('DeviceNetworkEvents', [
      connection({ 'destination.domain': 'c2.example' }),
    ]);
    expect(rest).to.deep.equal([]);
    expect(withoutIds(row)).to.deep.equal({
      ...device,
      ...initiator,
      Type: 'DeviceNetworkEvents',
      ActionType: 'ConnectionSuccess',
      Protocol: 'Tcp',
      RemoteIP: '203.0.113.7',
      RemotePort: 8443,
      RemoteIPType: 'Public',
      RemoteUrl: 'c2.example',
      LocalIP: '10.13.37.10',
      LocalPort: 49152,
      LocalIPType: 'Private',
    });
  });

  it('has ids in the product’s form, the same for the same device and process', async () => {
    const rows = await productRows('DeviceNetworkEvents', [connection(), connection({ 'event.id': 'ws1:trace:2' })]);
    expect(rows[0]?.['DeviceId'])
      .to.match(/^[0-9a-f]{40}$/)
      .and.equal(rows[1]?.['DeviceId']);
    expect(rows[0]?.['InitiatingProcessUniqueId']).to.match(/^\d+$/).and.equal(rows[1]?.['InitiatingProcessUniqueId']);
    expect(rows[0]?.['ReportId']).to.be.a('number').and.not.equal(rows[1]?.['ReportId']);
  });

  for (const [outcome, action] of [
    ['success', 'ConnectionSuccess'],
    ['failure', 'ConnectionFailed'],
    ['unknown', 'ConnectionAttempt'],
    [undefined, 'ConnectionAttempt'],
  ] as const) {
    it(`calls a connection with outcome ${outcome ?? 'null'} ${action}`, async () => {
      const [row] = await productRows('DeviceNetworkEvents', [connection({ 'event.outcome': outcome })]);
      expect(row?.['ActionType']).to.equal(action);
    });
  }

  it('shows an accepted connection from the side of the host', async () => {
    const [row] = await productRows('DeviceNetworkEvents', [
      connection({
        'event.action': 'accept',
        'network.direction': 'ingress',
        'source.ip': '203.0.113.7',
        'source.port': 5,
        'destination.ip': '10.13.37.10',
        'destination.port': 445,
      }),
    ]);
    expect(row).to.include({
      ActionType: 'InboundConnectionAccepted',
      RemoteIP: '203.0.113.7',
      RemotePort: 5,
      RemoteIPType: 'Public',
      LocalIP: '10.13.37.10',
      LocalPort: 445,
      LocalIPType: 'Private',
    });
  });

  it('shows a listener without a peer', async () => {
    const [row] = await productRows('DeviceNetworkEvents', [
      event({ 'event.action': 'listen', 'source.ip': '127.0.0.1', 'source.port': 8443, 'network.transport': 'tcp' }),
    ]);
    expect(row).to.include({
      ActionType: 'ListeningConnectionCreated',
      LocalIP: '127.0.0.1',
      LocalPort: 8443,
      LocalIPType: 'Loopback',
    });
    expect(row).to.not.have.any.keys('RemoteIP', 'RemotePort', 'RemoteIPType');
  });

  it('shows hosts of both personas', async () => {
    const [row] = await productRows('DeviceNetworkEvents', [connection(onLinux)]);
    expect(row).to.include({
      DeviceName: 'lx1',
      InitiatingProcessFileName: 'curl',
      InitiatingProcessFolderPath: '/usr/bin/curl',
      InitiatingProcessAccountDomain: 'lx1',
      InitiatingProcessAccountName: 'analyst',
    });
  });
});

describe('DeviceProcessEvents', () => {
  it('shows a process, its parent and its parent’s parent', async () => {
    const [row, ...rest] = await productRows('DeviceProcessEvents', [event({ 'event.action': 'process-start' })]);
    expect(rest).to.deep.equal([]);
    expect(withoutIds(row)).to.deep.equal({
      ...device,
      Type: 'DeviceProcessEvents',
      ActionType: 'ProcessCreated',
      FileName: 'powershell.exe',
      FolderPath: String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
      ProcessId: 6812,
      ProcessCommandLine: 'powershell.exe -NoProfile',
      ProcessCreationTime: '2026-11-20 11:59:59.123456Z',
      AccountDomain: 'lab',
      AccountName: 'analyst',
      InitiatingProcessFileName: 'cmd.exe',
      InitiatingProcessFolderPath: String.raw`c:\windows\system32\cmd.exe`,
      InitiatingProcessId: 400,
      InitiatingProcessCommandLine: 'cmd.exe /c x',
      InitiatingProcessCreationTime: '2026-11-20 11:59:58.123456Z',
      InitiatingProcessAccountDomain: 'lab',
      InitiatingProcessAccountName: 'analyst',
      InitiatingProcessParentFileName: 'explorer.exe',
      InitiatingProcessParentId: 4,
      IsProcessRemoteSession: false,
    });
  });
});

describe('DeviceFileEvents', () => {
  for (const [action, expected] of [
    ['file-create', 'FileCreated'],
    ['file-write', 'FileModified'],
    ['file-rename', 'FileRenamed'],
    ['file-delete', 'FileDeleted'],
  ] as const) {
    it(`calls ${action} ${expected}`, async () => {
      const path = String.raw`C:\Users\analyst\b.exe`;
      const previous = action === 'file-rename' ? String.raw`C:\Users\public\a.exe` : undefined;
      const [row] = await productRows('DeviceFileEvents', [
        event({ 'event.action': action, 'file.path': path, 'file.previous.path': previous }),
      ]);
      expect(withoutIds(row)).to.deep.equal({
        ...device,
        ...initiator,
        Type: 'DeviceFileEvents',
        ActionType: expected,
        FileName: 'b.exe',
        FolderPath: path,
        ...(previous === undefined
          ? {}
          : { PreviousFileName: 'a.exe', PreviousFolderPath: String.raw`C:\Users\public` }),
      });
    });
  }

  it('shows nothing that failed, and no change of mode', async () => {
    const failed = event({ 'event.action': 'file-create', 'event.outcome': 'failure', 'file.path': '/x' });
    expect(
      await productRows('DeviceFileEvents', [failed, event({ 'event.action': 'file-chmod', 'file.path': '/x' })]),
    ).to.deep.equal([]);
  });
});

describe('DeviceEvents', () => {
  const query = (fields: object = {}) =>
    event({
      'event.action': 'dns-query',
      'dns.question.name': 'c2.example',
      'dns.response_code': 'NOERROR',
      'dns.answers': JSON.stringify([{ type: 'A', data: '203.0.113.7' }]),
      ...fields,
    });

  it('shows a DNS answer with what was asked in AdditionalFields', async () => {
    const [row] = await productRows('DeviceEvents', [query()]);
    expect(withoutIds(row)).to.deep.equal({
      ...device,
      ...initiator,
      Type: 'DeviceEvents',
      ActionType: 'DnsQueryResponse',
      AdditionalFields:
        '{"DnsQueryString":"c2.example","DnsQueryResult":[{"Result":"203.0.113.7","DnsQueryType":"A"}]}',
      IsProcessRemoteSession: false,
    });
  });

  it('shows no question without an answer, and none of Linux', async () => {
    expect(
      await productRows('DeviceEvents', [query({ 'dns.response_code': undefined }), query(onLinux)]),
    ).to.deep.equal([]);
  });
});
