import { expect } from 'chai';
import type { Flow } from '../../../src/sensors/packets/flow.ts';
import { routedEvents } from '../../../src/sensors/packets/routed-events.ts';
import { findRouted, type RoutedZone } from '../../../src/sensors/packets/routed-flows.ts';
import type { Senders } from '../../../src/sensors/packets/senders.ts';
import { mapTranslations } from '../../../src/sensors/packets/translations.ts';

const outside = '198.51.100.10';
const office: RoutedZone = { bridge: 'zone0', prefix: '10.13.37.0/24', outside };
const internet: RoutedZone = { bridge: 'zone1', prefix: '203.0.113.0/24', outside: null };
const elsewhere: RoutedZone = { bridge: 'zone2', prefix: '192.0.2.0/24', outside: null };

const flow = (fields: Partial<Flow>): Flow => ({
  protocol: 'tcp',
  version: 4,
  interface: 'zone0',
  client: { ip: '10.13.37.11', port: 50_000 },
  server: { ip: '203.0.113.10', port: 443 },
  frame: 1,
  startMicros: 1_000_000,
  lastMicros: 3_000_000,
  settledMicros: 1_000_100,
  outcome: 'established',
  resetBy: null,
  closed: true,
  sent: { packets: 4, bytes: 100, repeated: 0 },
  received: { packets: 3, bytes: 900, repeated: 0 },
  serverName: null,
  fromBeginning: true,
  opening: '1',
  ...fields,
});

const routed = (flows: readonly Flow[]) =>
  findRouted(flows, [office, internet, elsewhere], mapTranslations(flows, [{ bridge: office.bridge, outside }]));

const eventsOf = (flows: readonly Flow[], senders: Senders = { causeOf: () => null }) =>
  routedEvents(routed(flows), senders, (micros) => micros);

const wentIn = flow({});
const cameOut = flow({ interface: 'zone1', client: { ip: outside, port: 61_000 }, startMicros: 1_000_020 });

describe('what the router sees', () => {
  it('is one event a flow, with what went in, what came out, and the octets of either side', () => {
    const events = eventsOf([wentIn, cameOut]);
    expect(events).to.have.length(1);
    expect(events[0]).to.include({
      ...{ 'event.id': 'fabric:router:1', 'event.action': 'flow-routed', 'host.name': 'fabric' },
      ...{ '@timestamp': 1_000_000, 'event.end': 3_000_000, 'event.outcome': 'success' },
      ...{ 'source.ip': '10.13.37.11', 'source.nat.ip': outside, 'source.nat.port': 61_000, 'source.bytes': 100 },
      ...{ 'destination.ip': '203.0.113.10', 'destination.port': 443, 'destination.bytes': 900 },
      ...{ 'observer.ingress.interface.name': 'zone0', 'observer.egress.interface.name': 'zone1' },
      'tocsin.origin': 'background',
    });
    expect(events[0]).to.not.have.property('destination.nat.ip');
  });

  it('goes out as it came in where nothing is translated', () => {
    const before = flow({
      interface: 'zone1',
      client: { ip: '203.0.113.10', port: 1 },
      server: { ip: '192.0.2.9', port: 2 },
    });
    const after = { ...before, interface: 'zone2', startMicros: before.startMicros + 20 };
    expect(routed([after, before])).to.deep.equal([{ before, after }]);
    expect(eventsOf([after, before])[0]).to.not.have.any.keys('source.nat.ip', 'destination.nat.ip');
  });

  it('leads a published port to the host behind it', () => {
    const before = flow({
      interface: 'zone1',
      client: { ip: '203.0.113.10', port: 1 },
      server: { ip: outside, port: 2222 },
    });
    const after = { ...before, interface: 'zone0', server: { ip: '10.13.37.21', port: 22 }, startMicros: 1_000_020 };
    expect(eventsOf([before, after]).map((event) => event['destination.nat.ip'])).to.deep.equal(['10.13.37.21']);
  });

  it('has no way out where the router does not let it through, however often that is tried', () => {
    const probe = flow({
      interface: 'zone1',
      client: { ip: '203.0.113.10', port: 1 },
      server: { ip: outside, port: 53 },
      outcome: 'unanswered',
    });
    const [first, second] = eventsOf([probe, { ...probe, startMicros: 9_000_000, opening: '2' }]);
    for (const event of [first, second]) {
      expect(event).to.include({ 'event.outcome': 'failure', 'event.reason': 'timeout' });
      expect(event?.['observer.egress.interface.name']).to.equal(undefined);
    }
  });

  it('is nothing that stays in its zone, goes to the router itself, or to everybody', () => {
    const servers = ['10.13.37.12', '10.13.37.1', '10.13.37.255', '255.255.255.255', '224.0.0.251', 'ff02::1'];
    expect(routed(servers.map((ip) => flow({ server: { ip, port: 443 } })))).to.deep.equal([]);
  });

  it('has the cause of who sent it, and leaves out what the harness sent', () => {
    const cause = {
      'tocsin.origin': 'test',
      'tocsin.variant': 'v',
      'tocsin.step': 's',
      'tocsin.cause': 'connection',
    } as const;
    expect(eventsOf([wentIn, cameOut], { causeOf: (of) => (of === wentIn ? cause : null) })[0]).to.include(cause);
    expect(eventsOf([wentIn, cameOut], { causeOf: () => 'harness' })).to.deep.equal([]);
  });
});
