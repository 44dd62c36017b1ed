import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ServiceRecord } from '../../../src/model/service-log.ts';
import type { ClientFinder } from '../../../src/sensors/packets/find-client.ts';
import type { SensorContext, SensorOutput } from '../../../src/sensors/sensor.ts';
import { parseServiceLog } from '../../../src/sensors/service-log/parse-service-log.ts';
import { at } from '../../support/events.ts';

const context: SensorContext = {
  host: 'dns-1',
  persona: 'linux',
  user: 'root',
  services: ['dns'],
  agentPid: 2,
  launchers: [],
  harnessFolder: '/.tocsin',
  steps: [],
  markerVariable: 'TOCSIN_STEP',
  clock: { scale: 1, startMicros: 0 },
};

const receivedMicros = at('2026-11-20T12:00:00.5Z');
const service = { step: 'dns-1/service/names', kind: 'dns' };

const asked = (fields: Partial<ServiceRecord> = {}): ServiceRecord => ({
  dataset: 'dns.queries',
  sequence: 1,
  client: { ip: '10.13.37.11', port: 40_000, transport: 'udp' },
  record: { id: 7, name: 'c2.lab.example', type: 'A', outcome: 'NXDOMAIN', answers: 0 },
  ...fields,
});

const printed = (output: unknown): string =>
  JSON.stringify({ receivedMicros, service, output: typeof output === 'string' ? output : JSON.stringify(output) });

/** Knows the client of one port. */
const clients: ClientFinder = {
  causeOf: ({ port }) => {
    if (port === 40_000)
      return {
        'tocsin.origin': 'test',
        'tocsin.variant': 'v1',
        'tocsin.step': 'v1/test',
        'tocsin.cause': 'connection',
      };
    if (port === 40_001) return 'harness';
    return port === 40_002 ? { 'tocsin.origin': 'service' } : null;
  },
};

const parse = async (lines: readonly string[], more: Partial<SensorContext> = {}): Promise<SensorOutput> => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-service-log-'));
  try {
    const file = join(folder, 'records.ndjson');
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    const output = await parseServiceLog(file, { ...context, ...more }, clients);
    if (output === null) throw new Error('there is no output');
    return output;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const from = (port: number, sequence: number): string =>
  printed(asked({ sequence, client: { ip: '10.13.37.11', port, transport: 'udp' } }));

describe("a service's log", () => {
  it('has every record with what it says, whole, and with the cause of the process that asked', async () => {
    const { events, report } = await parse([printed(asked())]);
    expect(events).to.have.length(1);
    expect(events[0]).to.include({
      'event.action': 'name-served',
      'event.dataset': 'dns.queries',
      'event.original': JSON.stringify(asked().record),
      'event.outcome': 'failure',
      'source.ip': '10.13.37.11',
      'source.port': 40_000,
      'dns.question.name': 'c2.lab.example',
      'dns.response_code': 'NXDOMAIN',
      'tocsin.variant': 'v1',
      'tocsin.cause': 'connection',
      'tocsin.raw': 'records:1',
    });
    expect(report).to.deep.include({ sensor: 'service-log', actions: ['name-served'], events: 1, losses: [] });
  });

  it('leaves out what the harness asked, and counts what nobody in the lab is known to have asked', async () => {
    const { events, report } = await parse([from(40_001, 1), from(40_002, 2), from(50_000, 3)]);
    expect(events.map((event) => [event['source.port'], event['tocsin.origin']])).to.deep.equal([
      [40_002, 'background'],
      [50_000, 'background'],
    ]);
    expect(report.losses.map(({ kind, count }) => [kind, count])).to.deep.equal([['unlinked', 2]]);
    expect(report.losses[0]?.detail).to.match(/unattributed.*40002/);
  });

  it('counts records that did not come in, by their numbers, and begins anew with a service that was started again', async () => {
    const { report } = await parse([from(40_000, 1), from(40_000, 4), from(40_000, 1), from(40_000, 2)]);
    expect(report.losses.map(({ kind, count }) => [kind, count])).to.deep.equal([['dropped', 2]]);
  });

  it('is not what a component or a test writes to the records socket, whatever it looks like', async () => {
    const forged = [
      JSON.stringify({ receivedMicros, record: asked() }),
      JSON.stringify({ receivedMicros, record: { service, output: JSON.stringify(asked()) } }),
      JSON.stringify({ receivedMicros, unparsed: printed(asked()) }),
    ];
    const { events } = await parse(forged);
    expect(events).to.deep.equal([]);
  });

  it('counts what a service prints and is no record, and says when a test ran beside the service', async () => {
    const step = { id: 'v1/test', variant: 'v1', origin: 'test', host: 'dns-1' } as const;
    const { report } = await parse([printed('what?'), printed({ ...asked(), more: 1 }), printed(asked())], {
      steps: [{ step, argv: [], pid: 9, startedAt: 0, finishedAt: 0 }],
    });
    expect(report.losses.map(({ kind, count }) => [kind, count])).to.deep.equal([
      ['unlinked', 1],
      ['unparsed', 2],
    ]);
  });
});
