import { expect } from 'chai';
import type { LabEvent } from '../../src/model/event.ts';
import type { Hub } from '../../src/telemetry/hub.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { connection, event, manifest, noon, onLinux } from '../support/events.ts';
import { readRows } from '../support/product-rows.ts';

const question = (fields: Partial<LabEvent>): LabEvent =>
  event({
    'event.action': 'dns-query',
    'source.ip': '10.13.37.10',
    'source.port': 50000,
    'destination.ip': '10.13.37.11',
    'destination.port': 53,
    'network.transport': 'udp',
    'network.type': 'ipv4',
    'dns.question.name': 'c2.example',
    'dns.question.type': 'A',
    'event.end': noon + 4000,
    ...fields,
  });

const events = [
  connection({
    'event.id': '1',
    'event.end': noon + 1_500_000,
    'source.bytes': 100,
    'source.packets': 4,
    'destination.bytes': 900,
    'destination.packets': 3,
    'network.bytes': 1000,
    'network.packets': 7,
    'destination.domain': 'c2.example',
  }),
  connection({ 'event.id': '2', 'event.outcome': 'failure', 'event.reason': 'refused' }),
  connection({
    'event.id': '3',
    'event.action': 'network-flow',
    'host.name': 'lx1',
    'tocsin.persona': 'linux',
    'tocsin.sensor': 'packets',
    'process.executable': undefined,
    'user.name': undefined,
    'destination.ip': '10.13.37.11',
    'destination.port': 3389,
    'network.direction': 'ingress',
    'event.outcome': 'failure',
    'event.reason': 'half-open',
    'source.bytes': 0,
    'source.packets': 2,
    'destination.bytes': 0,
    'destination.packets': 1,
  }),
  question({
    'event.id': '4',
    'dns.response_code': 'NOERROR',
    'dns.answers':
      '[{"type":"CNAME","data":"x.example"},{"type":"A","data":"203.0.113.7"},{"type":"A","data":"203.0.113.8"}]',
  }),
  question({ 'event.id': '5', 'dns.response_code': 'NXDOMAIN', 'dns.answers': '[]', 'event.outcome': 'failure' }),
  question({ 'event.id': '6' }),
  event({ 'event.id': '7', 'event.action': 'process-start' }),
  event({ ...onLinux, 'event.id': '8', 'event.action': 'process-end', 'process.exit_code': 3 }),
  event({
    'event.id': '9',
    'event.action': 'file-rename',
    'file.path': String.raw`C:\x\b.exe`,
    'file.previous.path': String.raw`C:\x\a.tmp`,
  }),
];

describe('the normalized tables of ASIM', () => {
  let hub: Hub;
  before(async () => {
    hub = await openHub({ manifest: manifest(), events });
  });
  after(() => hub[Symbol.asyncDispose]());

  it('show a session with what either side sent, and its process at the end that it is of', async () => {
    const [session] = await readRows(hub, 'ASimNetworkSessionLogs');
    expect(session).to.include({
      EventType: 'EndpointNetworkSession',
      EventResult: 'Success',
      NetworkDirection: 'Outbound',
      NetworkProtocol: 'TCP',
      NetworkDuration: 1500,
      DvcHostname: 'ws1',
      DvcIpAddr: '10.13.37.10',
      SrcHostname: 'ws1',
      SrcAppName: String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
      SrcUsername: String.raw`LAB\Analyst`,
      SrcUsernameType: 'Windows',
      DstIpAddr: '203.0.113.7',
      DstHostname: 'c2.example',
      SrcBytes: 100,
      DstBytes: 900,
      NetworkBytes: 1000,
      SrcPackets: 4,
      DstPackets: 3,
    });
    expect(session).to.not.have.any.keys('DstAppName', 'DstUsername');
  });

  it('have no octets where no packets were captured', async () => {
    const [, refused] = await readRows(hub, 'ASimNetworkSessionLogs');
    expect(refused)
      .to.include({ EventResult: 'Failure', EventResultDetails: 'Reset' })
      .and.not.have.property('SrcBytes');
  });

  it('show a probe that only packets have, on the host that it came to', async () => {
    const [, , probe] = await readRows(hub, 'ASimNetworkSessionLogs');
    expect(probe).to.include({
      DvcHostname: 'lx1',
      NetworkDirection: 'Inbound',
      EventResult: 'Failure',
      DstHostname: 'lx1',
      DstPortNumber: 3389,
      SrcBytes: 0,
      SrcPackets: 2,
    });
    expect(probe).to.not.have.any.keys('SrcAppName', 'DstAppName', 'SrcUsername', 'DstUsername', 'DstUsernameType');
  });

  it('show the name server’s answers, and no question that nobody answered', async () => {
    const rows = await readRows(hub, 'ASimDnsActivityLogs');
    expect(rows).to.have.length(2);
    expect(rows[0]).to.include({
      EventResult: 'Success',
      EventResultDetails: 'NOERROR',
      DvcHostname: 'lx1',
      SrcIpAddr: '10.13.37.10',
      SrcHostname: 'ws1',
      DnsQuery: 'c2.example',
      DnsQueryType: 1,
      DnsQueryTypeName: 'A',
      DnsResponseCode: 0,
      DnsResponseName: '203.0.113.7, 203.0.113.8',
      DnsNetworkDuration: 4,
    });
    expect(rows[1]).to.include({ EventResult: 'Failure', EventResultDetails: 'NXDOMAIN', DnsResponseCode: 3 });
    expect(rows[1]).to.not.have.any.keys('DnsResponseName', 'SrcProcessName');
    expect(
      (await readRows(hub, 'DnsEvents')).map((row) => [
        row['Computer'],
        row['ClientIP'],
        row['Name'],
        row['IPAddresses'],
        row['ResultCode'],
        row['Result'],
      ]),
    ).to.deep.equal([
      ['lx1', '10.13.37.10', 'c2.example', '203.0.113.7, 203.0.113.8', 0, 'success'],
      ['lx1', '10.13.37.10', 'c2.example', undefined, 3, 'failure'],
    ]);
  });

  it('show a process with its parent as the one who acted', async () => {
    const [started, ended] = await readRows(hub, 'ASimProcessEventLogs');
    expect(started).to.include({
      EventType: 'ProcessCreated',
      DvcOs: 'Windows',
      TargetProcessFilename: 'powershell.exe',
      TargetProcessId: '6812',
      ActingProcessFilename: 'cmd.exe',
      ActorUsername: String.raw`LAB\Analyst`,
      ParentProcessName: 'explorer.exe',
    });
    expect(ended).to.include({
      EventType: 'ProcessTerminated',
      DvcOs: 'Linux',
      TargetUsername: 'analyst',
      TargetUsernameType: 'Simple',
      TargetProcessName: '/usr/bin/curl',
      TargetProcessStatusCode: '3',
    });
  });

  it('show a file renamed with the path that it had', async () => {
    expect((await readRows(hub, 'ASimFileEventLogs'))[0]).to.include({
      EventType: 'FileRenamed',
      TargetFilePath: String.raw`C:\x\b.exe`,
      TargetFilePathType: 'Windows Local',
      TargetFileName: 'b.exe',
      TargetFileDirectory: String.raw`C:\x`,
      TargetFileExtension: 'exe',
      SrcFilePath: String.raw`C:\x\a.tmp`,
      SrcFileName: 'a.tmp',
      SrcFileExtension: 'tmp',
    });
  });

  it('say of every row that no product wrote it', () => {
    for (const [name, { marks }] of hub.tables)
      if (/^ASim|^DnsEvents$/.test(name)) expect(marks, name).to.include('synthetic-log-source');
  });
});
