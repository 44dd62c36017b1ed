import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { rejection } from './rejection.ts';
import { hostSpec, openDrillLab, run, zones } from './drill-lab.ts';
import { processesOfRun, remainingOfRun } from './outside.ts';
import { requireLab } from './require-lab.ts';

const driver = createNamespaceDriver({});
const { signal } = new AbortController();

describe('the namespace driver', function () {
  this.timeout(60_000);

  before(async function () {
    await requireLab(this, driver);
  });

  it('brings twenty hosts up side by side', async () => {
    await using drill = await openDrillLab(driver);
    const started = performance.now();
    const specs = Array.from({ length: 20 }, (_, index) => hostSpec(`host-${index}`, `10.77.1.${10 + index}`));
    const hosts = await Promise.all(specs.map((spec) => drill.lab.addHost(spec, [])));
    const elapsedMs = Math.round(performance.now() - started);
    const results = await Promise.all(hosts.map((host) => run(host, ['/bin/hostname'])));
    expect(results.map(({ stdout }) => stdout.trim())).to.deep.equal(specs.map(({ name }) => name));
    await Promise.all(hosts.map((host) => host.flushTrace()));
    console.log(`      20 hosts in ${elapsedMs} ms`);
    expect((await drill.lab.proveSealed()).leaks).to.deep.equal([]);
    await drill.lab.down();
    expect(processesOfRun(drill.lab.runId)).to.deep.equal([]);
  });

  it('leaves nothing on the machine when a lab is down', async () => {
    const mounts = execFileSync('/bin/cat', ['/proc/self/mountinfo'], { encoding: 'utf8' });
    const links = Object.keys(networkInterfaces());
    const drill = await openDrillLab(driver);
    const { runId } = drill.lab;
    await drill.lab.addHost(hostSpec('one', '10.77.1.10'), []);
    expect(processesOfRun(runId)).to.not.deep.equal([]);
    expect(execFileSync('/bin/cat', ['/proc/self/mountinfo'], { encoding: 'utf8' })).to.equal(mounts);
    expect(await drill.lab.down()).to.deep.equal({ ended: [], left: [] });
    expect(processesOfRun(runId)).to.deep.equal([]);
    expect(Object.keys(networkInterfaces())).to.deep.equal(links);
    await drill[Symbol.asyncDispose]();
  });

  it('ends a lab by its run id, although its owner lives', async () => {
    const drill = await openDrillLab(driver);
    await drill.lab.addHost(hostSpec('one', '10.77.1.10'), []);
    const everyRunWithoutOwner = await driver.cleanup(null, signal);
    expect(everyRunWithoutOwner.ended.filter(({ name }) => name.includes(drill.lab.runId))).to.deep.equal([]);
    const report = await driver.cleanup(drill.lab.runId, signal);
    expect(report.ended.map(({ kind }) => kind)).to.deep.equal(['process', 'folder']);
    expect(report.left).to.deep.equal([]);
    expect(await drill.lab.died).to.match(/ended/);
    await drill[Symbol.asyncDispose]();
  });

  it('says what is wrong with a fabric it cannot make, and leaves nothing of it', async () => {
    const evidence = mkdtempSync(join(tmpdir(), 'tocsin-evidence-'));
    const runId = `unmade-${process.pid}`;
    const broken = createNamespaceDriver({ hostPrograms: '/no/such/folder' });
    const error = await rejection(broken.openLab({ runId, zones, evidence, signal }));
    expect(error.code).to.equal('lab/failed-to-start');
    expect(error.message).to.match(/\/no\/such\/folder/);
    expect(await remainingOfRun(runId)).to.deep.equal([]);
    rmSync(evidence, { recursive: true });
  });

  it('ends a test that does nothing but fork', async () => {
    await using drill = await openDrillLab(createNamespaceDriver({ limits: { processes: 300 } }));
    const host = await drill.lab.addHost(hostSpec('one', '10.77.1.10'), []);
    const result = await run(host, ['/usr/bin/perl', '-e', 'while (1) { fork }'], { timeoutMs: 500 });
    expect(result).to.include({ timedOut: true });
    expect((await host.snapshot()).processes).to.deep.equal([]);
    expect((await run(host, ['/bin/hostname'])).stdout).to.equal('one\n');
    await host.flushTrace();
  });

  it('says why a host cannot be born with a file, and goes on without it', async () => {
    await using drill = await openDrillLab(driver);
    const file = { path: '/proc/nothing', content: 'x', mode: 0o644 };
    const error = await rejection(drill.lab.addHost(hostSpec('stillborn', '10.77.1.9'), [file]));
    expect(error.code).to.equal('lab/failed-to-start');
    expect(error.message).to.match(/stillborn.*proc\/nothing/s);
    const host = await drill.lab.addHost(hostSpec('born', '10.77.1.10'), []);
    expect((await run(host, ['/bin/hostname'])).stdout).to.equal('born\n');
    expect([...drill.lab.hosts.keys()]).to.deep.equal(['born']);
  });

  it('refuses a zone that overlaps a network of the machine', async function () {
    const own = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal);
    if (own === undefined) return this.skip();
    const [zone] = zones;
    if (zone === undefined) throw new Error('no zones');
    const evidence = mkdtempSync(join(tmpdir(), 'tocsin-evidence-'));
    const overlapping = [{ ...zone, prefix: `${own.address}/30` }];
    const error = await rejection(driver.openLab({ runId: 'overlap', zones: overlapping, evidence, signal }));
    expect(error.code).to.equal('lab/prefix-overlaps');
    rmSync(evidence, { recursive: true });
  });

  it('runs as an ordinary user too', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const evidence = mkdtempSync(join(tmpdir(), 'tocsin-evidence-'));
    const user = 54_321;
    chownSync(evidence, user, user);
    const runId = `ordinary-${process.pid}`;
    const asUser = ['--reuid', String(user), '--regid', String(user), '--clear-groups', '--'];
    const owner = [process.execPath, join(import.meta.dirname, 'owner.ts'), 'namespace', runId, evidence];
    const { stdout, stderr } = spawnSync('setpriv', [...asUser, ...owner], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin' },
      timeout: 8000,
      killSignal: 'SIGKILL',
    });
    expect(stderr).to.equal('');
    expect(stdout).to.contain(`ran ${user}`);
    expect(await remainingOfRun(runId)).to.deep.equal([]);
    rmSync(evidence, { recursive: true });
    rmSync(join(tmpdir(), `tocsin-${user}`), { recursive: true });
  });
});
