import type { LabEvent } from '../../src/model/event.ts';
import { eventVersion } from '../../src/model/event.ts';
import type { Manifest, SensorReport } from '../../src/model/manifest.ts';

/** Any instant as microseconds: `at('2026-11-20T16:00:00.123456Z')`. */
export const at = (iso: string): number => {
  const [, seconds = '', fraction = '0'] = /^(.*?)(?:\.(\d+))?Z$/.exec(iso) ?? [];
  return Date.parse(`${seconds}Z`) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
};

/** When hand-made events happen unless they say otherwise. */
export const noon = at('2026-11-20T12:00:00.123456Z');

/** An event of the process `powershell.exe` on the Windows host `ws1`, caused by the variant `v1`. */
export const event = (fields: Partial<LabEvent> & Pick<LabEvent, 'event.action'>): LabEvent => ({
  'event.id': 'ws1:trace:1',
  '@timestamp': noon,
  'event.outcome': 'success',
  'host.name': 'ws1',
  'user.name': 'Analyst',
  'user.domain': 'LAB',
  'process.pid': 6812,
  'process.entity_id': 'ws1:6812:1',
  'process.executable': String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
  'process.name': 'powershell.exe',
  'process.command_line': 'powershell.exe -NoProfile',
  'process.working_directory': String.raw`C:\Users\analyst`,
  'process.start': noon - 1_000_000,
  'process.parent.pid': 400,
  'process.parent.entity_id': 'ws1:400:1',
  'process.parent.executable': String.raw`C:\Windows\System32\cmd.exe`,
  'process.parent.name': 'cmd.exe',
  'process.parent.command_line': 'cmd.exe /c x',
  'process.parent.user.name': 'Analyst',
  'process.parent.start': noon - 2_000_000,
  'process.grandparent.pid': 4,
  'process.grandparent.name': 'explorer.exe',
  'tocsin.sensor': 'trace',
  'tocsin.persona': 'windows',
  'tocsin.origin': 'test',
  'tocsin.variant': 'v1',
  ...fields,
});

/** A connection of that process to 203.0.113.7:8443, which the zone `internet` declares to be public. */
export const connection = (fields: Partial<LabEvent> = {}): LabEvent =>
  event({
    'event.action': 'connect',
    'source.ip': '10.13.37.10',
    'source.port': 49152,
    'destination.ip': '203.0.113.7',
    'destination.port': 8443,
    'network.transport': 'tcp',
    'network.type': 'ipv4',
    'network.direction': 'egress',
    ...fields,
  });

/** The same process on the Linux host `lx1`. */
export const onLinux: Partial<LabEvent> = {
  'host.name': 'lx1',
  'user.name': 'analyst',
  'user.domain': undefined,
  'process.executable': '/usr/bin/curl',
  'process.name': 'curl',
  'tocsin.persona': 'linux',
};

export const sensor = (fields: Partial<SensorReport> = {}): SensorReport => ({
  host: 'ws1',
  sensor: 'trace',
  tool: 'strace 6.1',
  actions: ['process-start', 'process-end', 'connect', 'accept', 'listen', 'dns-query', 'file-create', 'file-write'],
  neverFills: [],
  raw: [],
  events: 0,
  losses: [],
  ...fields,
});

/** A run with a Windows and a Linux host in a private zone, and an internet zone that is declared to be public. */
export const manifest = (fields: Partial<Manifest> = {}): Manifest => ({
  schemaVersion: 1,
  runId: 'r1',
  scenario: 'by-hand',
  driver: 'namespace',
  environment: {},
  startedAt: '2026-11-20T11:59:00Z',
  finishedAt: '2026-11-20T12:01:00Z',
  topology: {
    name: 'by-hand',
    zones: [
      {
        name: 'corporate',
        kind: 'corporate',
        prefix: '10.13.37.0/24',
        ipType: 'Private',
        asNumber: null,
        asOrganization: null,
      },
      {
        name: 'internet',
        kind: 'internet',
        prefix: '203.0.113.0/24',
        ipType: 'Public',
        asNumber: 64500,
        asOrganization: 'VPS',
      },
    ],
    hosts: [
      {
        name: 'ws1',
        persona: 'windows',
        zone: 'corporate',
        address: '10.13.37.10',
        user: String.raw`LAB\analyst`,
        services: [],
      },
      { name: 'lx1', persona: 'linux', zone: 'corporate', address: '10.13.37.11', user: 'analyst', services: [] },
    ],
    place: { file: 'by-hand.yaml', line: 1, column: 1 },
  },
  indicators: [],
  clock: { scale: 1, startMicros: 0 },
  steps: [],
  executions: [],
  sensors: [sensor(), sensor({ host: 'lx1' })],
  eventVersion,
  ...fields,
});
