import { expect } from 'chai';
import type { LabEvent } from '../../src/model/event.ts';
import type { Hub } from '../../src/telemetry/hub.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { connection, event, manifest, noon } from '../support/events.ts';
import { readRows } from '../support/product-rows.ts';

const routed = (fields: Partial<LabEvent>): LabEvent =>
  event({
    'event.action': 'flow-routed',
    'event.outcome': 'success',
    'event.end': noon + 2_000_000,
    'host.name': 'fabric',
    'tocsin.sensor': 'packets',
    'source.ip': '10.13.37.10',
    'source.port': 50_000,
    'source.nat.ip': '198.51.100.10',
    'source.nat.port': 61_000,
    'source.bytes': 100,
    'destination.ip': '203.0.113.7',
    'destination.port': 443,
    'destination.bytes': 900,
    'network.transport': 'tcp',
    'network.type': 'ipv4',
    'observer.ingress.interface.name': 'zone0',
    'observer.egress.interface.name': 'zone1',
    ...fields,
  });

const events = [
  routed({ 'event.id': '1' }),
  routed({
    'event.id': '2',
    'event.outcome': 'failure',
    'event.reason': 'timeout',
    'source.ip': '203.0.113.7',
    'source.nat.ip': undefined,
    'source.nat.port': undefined,
    'source.bytes': 0,
    'destination.ip': '198.51.100.10',
    'destination.port': 22,
    'destination.bytes': 0,
    'observer.ingress.interface.name': 'zone1',
    'observer.egress.interface.name': undefined,
  }),
  routed({ 'event.id': '3', 'tocsin.origin': 'service' }),
];

describe('the firewall log of the lab’s router', () => {
  let hub: Hub;
  before(async () => {
    hub = await openHub({ manifest: manifest(), events });
  });
  after(() => hub[Symbol.asyncDispose]());

  it('has a row a flow: both ends, the translated address, the octets, and when', async () => {
    const [row] = await readRows(hub, 'CommonSecurityLog');
    expect(row).to.include({
      ...{ DeviceVendor: 'Tocsin', DeviceProduct: 'Lab', DeviceName: 'router', Activity: 'TRAFFIC' },
      ...{
        StartTime: '2026-11-20 12:00:00.123456Z',
        EndTime: '2026-11-20 12:00:02.123456Z',
        TimeGenerated: '2026-11-20 12:00:02.123456Z',
      },
      ...{ SourceIP: '10.13.37.10', SourcePort: 50_000, SentBytes: 100, Protocol: 'TCP' },
      ...{ SourceTranslatedAddress: '198.51.100.10', SourceTranslatedPort: 61_000, CommunicationDirection: '1' },
      ...{ DestinationIP: '203.0.113.7', DestinationPort: 443, ReceivedBytes: 900 },
      ...{ DeviceAction: 'allow', SimplifiedDeviceAction: 'Allow', EventOutcome: 'success' },
      ...{ DeviceInboundInterface: 'zone0', DeviceOutboundInterface: 'zone1' },
    });
    expect(row).to.not.have.any.keys('SourceUserName', 'DestinationTranslatedAddress', 'Reason');
  });

  it('says what was not let through, and nothing of the lab’s own services', async () => {
    const [, denied, ...others] = await readRows(hub, 'CommonSecurityLog');
    expect(denied).to.include({ DeviceAction: 'deny', Reason: 'timeout', DestinationPort: 22, SentBytes: 0 });
    expect(denied).to.not.have.any.keys('DeviceOutboundInterface', 'SourceTranslatedAddress');
    expect(others).to.deep.equal([]);
    expect(hub.tables.get('CommonSecurityLog')?.marks).to.include('synthetic-log-source');
  });

  it('is the only table that has them, and has nothing else', async () => {
    const names = [...hub.tables.keys()].filter((name) => !/^CommonSecurityLog$|^ThreatIntel/.test(name));
    for (const name of names) expect(await readRows(hub, name), name).to.deep.equal([]);
    await using other = await openHub({ manifest: manifest(), events: [connection({ 'event.id': '1' })] });
    expect(await readRows(other, 'CommonSecurityLog')).to.deep.equal([]);
  });
});
