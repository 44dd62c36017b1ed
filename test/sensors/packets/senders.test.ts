import { expect } from 'chai';
import type { Flow, FlowEnd } from '../../../src/sensors/packets/flow.ts';
import type { Owner } from '../../../src/sensors/packets/match-connects.ts';
import type { Relay } from '../../../src/sensors/packets/relays.ts';
import { createSenders, type SendingHost } from '../../../src/sensors/packets/senders.ts';
import type { ProcessTable } from '../../../src/sensors/trace/parse-trace.ts';
import type { TracedProcess } from '../../../src/sensors/trace/traced-process.ts';

const nothing = { packets: 1, bytes: 0, repeated: 0 };

const end = (text: string): FlowEnd => {
  const [ip = '', port = ''] = text.split(':');
  return { ip, port: Number(port) };
};

const flow = (name: string, client: string, server: string, startMicros: number): Flow => ({
  ...{ protocol: 'tcp', version: 4, interface: name, client: end(client), server: end(server), frame: 1, startMicros },
  ...{ lastMicros: startMicros, settledMicros: null, outcome: 'established', resetBy: null, closed: false },
  ...{ sent: nothing, received: nothing, serverName: null, fromBeginning: true, opening: '1' },
});

const [test, service] = [{ hidden: false }, { hidden: false }] as unknown as readonly [TracedProcess, TracedProcess];

const trace = {
  table: {
    columnsOf: (process: TracedProcess) =>
      process === test
        ? { 'tocsin.origin': 'test', 'tocsin.step': 'step-1', 'tocsin.variant': 'v' }
        : { 'tocsin.origin': 'service', 'tocsin.step': 'proxy' },
  } as unknown as ProcessTable,
};

const ownedBy = (process: TracedProcess, one: Flow): SendingHost['owners'] =>
  new Map([[one, { process, attempt: null, by: 'connection', cause: null } satisfies Owner]]);

// win-1 behind a router asks a proxy, which asks a server.
const asked = flow('zone0', '10.13.37.11:50000', '203.0.113.150:3128', 1000);
const translated = flow('zone3', '198.51.100.10:61000', '203.0.113.150:3128', 1020);
const made = flow('zone3', '203.0.113.150:40000', '198.51.100.70:443', 2000);
const arrived = flow('zone4', '203.0.113.150:40000', '198.51.100.70:443', 2020);
const translations = new Map([[translated, asked]]);

const relay: Relay = { client: translated.client, local: made.client, peer: made.server, micros: 2100 };

const causeOf = (relays: readonly Relay[]) =>
  createSenders(
    [
      { owners: ownedBy(test, asked), trace },
      { owners: ownedBy(service, made), trace, flows: [translated, made], relays },
    ],
    translations,
  ).causeOf(arrived);

describe('who sent what reaches a server', () => {
  it('is, through a proxy and a router, the process that asked the proxy', () => {
    expect(causeOf([relay])).to.deep.equal({
      'tocsin.origin': 'test',
      'tocsin.variant': 'v',
      'tocsin.step': 'step-1',
      'tocsin.cause': 'proxy',
    });
  });

  it('is the proxy alone where it does not say for whom it asked', () => {
    const others: readonly (readonly Relay[])[] = [
      [],
      [{ ...relay, local: { ...relay.local, port: 40_001 } }],
      [{ ...relay, peer: { ...relay.peer, ip: '198.51.100.71' } }],
      // It cannot have been this connection: the proxy spoke before that was there, or long after.
      [{ ...relay, micros: made.startMicros - 10_000 }],
      [{ ...relay, micros: made.startMicros + 120_000_000 }],
    ];
    for (const relays of others) expect(causeOf(relays)).to.include({ 'tocsin.origin': 'service' });
  });

  it('is nobody where the proxy names a client that no packets show', () => {
    expect(causeOf([{ ...relay, client: { ip: '198.51.100.10', port: 1 } }])).to.include({
      'tocsin.origin': 'service',
    });
  });
});
