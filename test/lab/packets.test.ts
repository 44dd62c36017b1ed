import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import type { Driver, Host } from '../../src/lab/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { realTime } from '../../src/model/drill-clock.ts';
import type { LabEvent } from '../../src/model/event.ts';
import type { StepResult } from '../../src/model/step.ts';
import { collectEvidence, labFacts } from '../../src/run/evidence.ts';
import type { SensorOutput } from '../../src/sensors/sensor.ts';
import { hostSpec, openDrillLab, run, zones, type DrillLab } from './drill-lab.ts';
import { requireLab } from './require-lab.ts';

const size = 200 * 1024 * 1024;
const ports = 65_535;

const perl = (host: Host, program: string): Promise<StepResult> =>
  run(host, ['/usr/bin/perl', '-e', program], { timeoutMs: 60_000 });

/** Sends so much to itself, over loopback. */
const bulk = `use IO::Socket::INET;
my $listener = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1', LocalPort => 9000) or die $!;
if (!fork) { my $taken = $listener->accept; my $sum = 0; while (my $n = sysread $taken, my $part, 65536) { $sum += $n } print $sum; exit }
my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => 9000) or die $!;
for (my $left = ${size}; $left > 0;) { $left -= syswrite $socket, 'x' x ($left < 65536 ? $left : 65536) }
close $socket; wait`;

/** One SYN for every port, of its own making and as fast as it can: `write` is not traced, so nothing slows it down. */
const scan = (from: string, to: string): string => `use Socket;
socket my $raw, AF_INET, SOCK_RAW, 6 or die $!;
connect $raw, pack_sockaddr_in(0, inet_aton('${to}')) or die $!;
for my $port (1 .. ${ports}) {
  my $segment = pack 'nnNNCCnnn', 40000, $port, $port, 0, 5 << 4, 2, 1024, 0, 0;
  my $sum = 0;
  $sum += $_ for unpack 'n*', inet_aton('${from}') . inet_aton('${to}') . pack('CCn', 0, 6, 20) . $segment;
  $sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16;
  substr $segment, 16, 2, pack 'n', ~$sum & 0xffff;
  select undef, undef, undef, 0.001 until defined syswrite $raw, $segment;
}`;

const outputOf = (outputs: readonly SensorOutput[], host: string, sensor: string): SensorOutput => {
  const output = outputs.find(({ report }) => report.host === host && report.sensor === sensor);
  if (output === undefined) throw new Error(`no ${sensor} of ${host}`);
  return output;
};

const flows = ({ events }: SensorOutput, direction: string): readonly LabEvent[] =>
  events.filter((event) => event['event.action'] === 'network-flow' && event['network.direction'] === direction);

for (const driver of [createNamespaceDriver({}), createDockerDriver({})] satisfies readonly Driver[]) {
  describe(`the packets of a lab of the ${driver.name} driver`, function () {
    this.timeout(180_000);
    let drill: DrillLab;

    before(async function () {
      await requireLab(this, driver);
      drill = await openDrillLab(driver);
    });

    after(async () => {
      await drill?.[Symbol.asyncDispose]();
    });

    it('are all there after 200 MB over loopback and a scan of 65,535 ports through the router', async () => {
      const [client, server] = await Promise.all([
        drill.lab.addHost(hostSpec('client', '10.77.1.10'), []),
        drill.lab.addHost(hostSpec('server', '198.51.100.20'), []),
      ]);
      const download = await perl(client, bulk);
      expect(download.stdout).to.equal(String(size));
      const scanned = await perl(client, scan('10.77.1.10', '198.51.100.20'));
      expect(scanned.stderr).to.equal('');
      await Promise.all([client.flushTrace(), server.flushTrace()]);
      await drill.lab.down();
      const outputs = await collectEvidence(labFacts(drill.lab, zones), [download, scanned], realTime);

      expect(outputs.map(({ broken }) => broken).filter((one) => one !== null)).to.deep.equal([]);
      expect(outputs.flatMap(({ report }) => report.losses)).to.deep.equal([]);

      const traced = outputOf(outputs, 'client', 'trace').events;
      for (const action of ['connect', 'accept']) {
        const ends = traced.filter((event) => event['event.action'] === action);
        expect(ends.map((event) => [event['source.bytes'], event['destination.bytes']])).to.deep.equal([[size, 0]]);
      }

      const probes = flows(outputOf(outputs, 'server', 'packets'), 'ingress');
      expect(new Set(probes.map((event) => event['destination.port'])).size).to.equal(ports);
      expect(probes).to.have.length(ports);
      for (const probe of probes.slice(0, 10)) {
        expect(probe).to.include({
          ...{ 'source.ip': '10.77.1.10', 'event.outcome': 'failure', 'event.reason': 'refused' },
          ...{ 'tocsin.step': scanned.step.id, 'tocsin.cause': 'raw-socket', 'tocsin.origin': 'test' },
        });
      }
      const sent = flows(outputOf(outputs, 'client', 'packets'), 'egress');
      expect(sent).to.have.length(ports);
      expect(sent[0]).to.include({
        'process.name': 'perl',
        'tocsin.step': scanned.step.id,
        'tocsin.cause': 'raw-socket',
      });
    });
  });
}

describe('a packet sensor that is ended from outside', function () {
  this.timeout(60_000);
  const driver = createNamespaceDriver({});

  before(async function () {
    await requireLab(this, driver);
  });

  it('is told while the lab runs, and nothing is judged by what it left', async () => {
    await using drill = await openDrillLab(driver);
    const host = await drill.lab.addHost(hostSpec('client', '10.77.1.10'), []);
    const capturers = capturersOf(drill.lab.runId);
    expect(capturers.map(({ interfaces }) => interfaces)).to.have.members(['zone0 zone1', 'lo']);
    const ofHost = capturers.find(({ interfaces }) => interfaces === 'lo');
    process.kill(ofHost?.pid ?? 0, 'SIGKILL');
    expect(await drill.lab.died).to.match(/^the packet sensor of host client ended: SIGKILL/);
    await host.flushTrace();
    await drill.lab.down();
    const outputs = await collectEvidence(labFacts(drill.lab, zones), [], realTime);
    expect(outputOf(outputs, 'client', 'packets').broken).to.match(
      /^the capture of lo does not end as its sensor ends it/,
    );
    expect(outputOf(outputs, 'fabric', 'packets').broken).to.equal(null);
  });
});

/** Processes of the machine that capture for this run. */
const capturersOf = (runId: string): readonly { readonly pid: number; readonly interfaces: string }[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const read = (file: string): string => {
        try {
          return readFileSync(join('/proc', name, file), 'latin1');
        } catch {
          return '';
        }
      };
      if (!read('environ').split('\0').includes(`TOCSIN_RUN=${runId}`)) return [];
      const [, , program = '', , , ...interfaces] = read('cmdline').split('\0');
      return program.startsWith('# The capturer')
        ? [{ pid: Number(name), interfaces: interfaces.join(' ').trim() }]
        : [];
    });
