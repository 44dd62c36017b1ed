import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNamespaceDriver } from '../src/lab/namespace/driver.ts';
import { parseCapture } from '../src/sensors/packets/parse-capture.ts';

// What the packet sensor costs: `node bench/packets.ts`. Opens a lab with one host, sends 200 MB over its loopback, and reads the
// capture; once with large writes, once with small ones. A capture that lost a frame fails the bench.
const program = (write: number): string => `use IO::Socket::INET;
my $listener = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1', LocalPort => 9000, ReuseAddr => 1) or die $!;
if (!fork) { my $taken = $listener->accept; 1 while sysread $taken, my $part, 65536; exit }
my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => 9000) or die $!;
for (my $left = 200 << 20; $left > 0;) { $left -= syswrite $socket, 'x' x ($left < ${write} ? $left : ${write}) }
close $socket; wait`;

for (const write of [65_536, 1400]) {
  const evidence = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  const { signal } = new AbortController();
  const zone = { name: 'office', kind: 'corporate', prefix: '10.79.1.0/24', ipType: 'Private' } as const;
  const zones = [{ ...zone, asNumber: null, asOrganization: null }];
  const lab = await createNamespaceDriver({}).openLab({
    runId: `bench-packets-${process.pid}-${write}`,
    zones,
    evidence,
    signal,
  });
  try {
    const spec = {
      name: 'host',
      persona: 'linux',
      zone: 'office',
      address: '10.79.1.10',
      user: 'analyst',
      services: [],
    } as const;
    const host = await lab.addHost(spec, []);
    const step = { id: 'bench', variant: null, origin: 'test', host: 'host' } as const;
    const argv = ['/usr/bin/perl', '-e', program(write)];
    const { startedAt, finishedAt, stderr } = await host.exec({
      step,
      argv,
      env: {},
      cwd: '/',
      timeoutMs: 60_000,
      signal,
    });
    if (stderr !== '') throw new Error(stderr);
    const before = performance.now();
    await lab.down();
    const down = performance.now();
    const { flows, losses, broken } = await parseCapture(host.packetsFile, 'host');
    const parsed = performance.now();
    if (broken !== null || losses.length > 0) throw new Error(JSON.stringify({ broken, losses }));
    const packets = flows.reduce((sum, { sent, received }) => sum + sent.packets + received.packets, 0);
    console.log(
      `200 MB in writes of ${write}: ${Math.round((finishedAt - startedAt) / 1000)} ms; ${packets} frames, ` +
        `${statSync(host.packetsFile).size} bytes; lab down in ${Math.round(down - before)} ms; read in ${Math.round(parsed - down)} ms`,
    );
  } finally {
    await lab.down();
    rmSync(evidence, { recursive: true });
  }
}
