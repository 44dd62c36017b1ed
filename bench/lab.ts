/**
 * How long labs take: `node bench/lab.ts [docker]`; the namespace driver without a word. Targets, on an idle machine with two cores: one more host in
 * 300 ms, twenty side by side in 5 s, a traced command in 10 ms.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDockerDriver } from '../src/lab/docker/driver.ts';
import type { Host, Lab } from '../src/lab/driver.ts';
import { createNamespaceDriver } from '../src/lab/namespace/driver.ts';
import type { HostSpec } from '../src/model/topology.ts';

const driver = process.argv[2] === 'docker' ? createDockerDriver({}) : createNamespaceDriver({});
const { signal } = new AbortController();

const spec = (n: number): HostSpec => ({
  name: `host-${n}`,
  persona: 'linux',
  zone: 'office',
  address: `10.77.1.${n + 10}`,
  user: 'analyst',
  services: [],
});

const openLab = (evidence: string): Promise<Lab> =>
  driver.openLab({
    runId: `bench-${process.pid}-${Math.round(performance.now())}`,
    zones: [
      {
        name: 'office',
        kind: 'corporate',
        prefix: '10.77.1.0/24',
        ipType: 'Private',
        asNumber: null,
        asOrganization: null,
      },
    ],
    evidence,
    signal,
  });

const timed = async <T>(work: () => Promise<T> | T): Promise<readonly [number, T]> => {
  const started = performance.now();
  const value = await work();
  return [performance.now() - started, value];
};

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;

const report = (what: string, milliseconds: number, note = ''): void =>
  console.log(`${what.padEnd(44)} ${milliseconds.toFixed(1).padStart(9)} ms  ${note}`);

const run = (host: Host, argv: readonly string[]) =>
  host.exec({
    step: { id: 'bench', variant: null, origin: 'test', host: host.spec.name },
    argv,
    env: {},
    cwd: '/',
    timeoutMs: 120_000,
    signal,
  });

const evidence = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
try {
  console.log(`${driver.name} driver, load average ${loadavg()[0]?.toFixed(2)}, node ${process.version}`);
  const [openMs, lab] = await timed(() => openLab(evidence));
  report('a lab without hosts', openMs);

  const starts: number[] = [];
  for (let n = 0; n < 10; n += 1) starts.push((await timed(() => lab.addHost(spec(n), [])))[0]);
  report('one more host, median of 10', quantile(starts, 0.5), `longest ${quantile(starts, 0.99).toFixed(1)}`);

  const host = lab.hosts.get('host-0');
  if (host === undefined) throw new Error('the host is gone');
  const commands: number[] = [];
  for (let n = 0; n < 200; n += 1) commands.push((await timed(() => run(host, ['/bin/true'])))[0]);
  report(
    'a traced command, median of 200',
    quantile(commands, 0.5),
    `95 % under ${quantile(commands, 0.95).toFixed(1)}`,
  );

  const flushes: number[] = [];
  for (let n = 0; n < 50; n += 1) flushes.push((await timed(() => host.flushTrace()))[0]);
  report('flush of the trace, median of 50', quantile(flushes, 0.5));

  const loop = 'i=0; while [ $i -lt 500 ]; do /bin/true; i=$((i+1)); done';
  const [tracedMs] = await timed(() => run(host, ['/bin/sh', '-c', loop]));
  const [untracedMs] = await timed(() => execFileSync('/bin/sh', ['-c', loop]));
  report(
    '500 processes, traced',
    tracedMs,
    `${(tracedMs / untracedMs).toFixed(1)} times the ${untracedMs.toFixed(1)} ms untraced`,
  );

  const [sealMs, seal] = await timed(() => lab.proveSealed());
  report(
    'proof of the seal, 10 hosts',
    sealMs,
    `${seal.attempts} attempts, ${seal.links} links, ${seal.leaks.length} leaks`,
  );
  const [downMs] = await timed(() => lab.down());
  report('down, 10 hosts', downMs, `trace of host-0: ${statSync(host.traceFile).size} bytes`);

  const crowd = mkdtempSync(join(evidence, 'crowd-'));
  const [crowdMs, twenty] = await timed(async () => {
    const other = await openLab(crowd);
    await Promise.all(Array.from({ length: 20 }, (_, n) => other.addHost(spec(n), [])));
    return other;
  });
  report('a lab with 20 hosts side by side', crowdMs);
  await twenty.down();
} finally {
  rmSync(evidence, { recursive: true, force: true });
}
