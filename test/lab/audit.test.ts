import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { reparseRecording } from '../../src/api/reparse.ts';
import { loadScenario, runScenario } from '../../src/api/run-scenario.ts';
import { probeAudit, removeAuditRules, startAudit } from '../../src/lab/audit/audit-sensor.ts';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { systemClock } from '../../src/util/clock.ts';
import { requireLab } from './require-lab.ts';

const project = resolve(import.meta.dirname, '../fixtures/projects/dense');

/** Processes of the machine whose command line ends so. */
const processesOf = (ending: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').endsWith(`\0${ending}\0`);
      } catch {
        return false;
      }
    })
    .map(Number);

for (const driver of [createNamespaceDriver({}), createDockerDriver({})]) {
  describe(`the kernel’s audit records on the ${driver.name} driver`, function () {
    this.timeout(120_000);
    let folder: string;

    before(async function () {
      await requireLab(this, driver);
      const why = await probeAudit();
      if (why !== null) {
        console.warn(`\n  SKIPPED: no kernel audit: ${why}\n`);
        return this.skip();
      }
      folder = mkdtempSync(join(tmpdir(), 'tocsin-audit-'));
    });
    after(() => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    });

    it('are those of the hosts and of nothing else, each with its cause, and no rule is left', async () => {
      const running = runScenario(await loadScenario(project, 'dense'), {
        reports: join(folder, 'reports'),
        driver,
        clock: systemClock,
        audit: 'kernel',
        signal: new AbortController().signal,
        emit: () => undefined,
      });
      const outside = setInterval(() => spawnSync('/bin/echo', ['of the machine']), 100);
      const run = await running.finally(() => clearInterval(outside));
      const linux = run.result.results.find(({ variant }) => variant === 'linux');
      expect(linux?.executed.status, JSON.stringify(linux?.executed)).to.equal('executed');
      const signal = linux?.signals.find(({ id }) => id === 'audited');
      expect(signal).to.include({ verdict: 'seen', rows: 300 });
      expect(signal?.marks).to.not.include('synthetic-log-source');

      const recording = join(run.folder, 'recording');
      const { manifest, events } = await reparseRecording(recording);
      const report = manifest.sensors.find(({ host, sensor }) => host === 'box-1' && sensor === 'audit');
      expect(report?.tool).to.equal('kernel audit, read over netlink');
      expect(report?.losses.filter(({ kind }) => kind === 'dropped')).to.deep.equal([]);
      const [start] = events.filter(
        (event) => event['auditd.message_type'] === 'EXECVE' && event['auditd.data']?.includes('dense-1-1"') === true,
      );
      expect(start).to.include({ 'tocsin.variant': 'linux', 'tocsin.origin': 'test', 'process.name': 'env' });

      const raw = readFileSync(join(recording, 'raw/audit.log'), 'latin1');
      expect(raw).to.contain('dense-1-1').and.not.contain('of the machine');
      expect(await removeAuditRules(run.result.runId)).to.deep.equal([]);
    });
  });
}

describe('a kernel audit sensor', function () {
  this.timeout(60_000);
  let folder: string;

  before(async function () {
    const why = await probeAudit();
    if (why !== null) return this.skip();
    folder = mkdtempSync(join(tmpdir(), 'tocsin-audit-'));
  });
  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it('that was killed leaves rules, which cleanup finds and removes, and those of one that lives stay', async () => {
    const living = await startAudit('audit-living', join(folder, 'living'));
    await living.watch('box-1');
    const killed = await startAudit('audit-killed', join(folder, 'killed'));
    await killed.watch('box-1');
    for (const pid of processesOf('audit-killed')) process.kill(pid, 'SIGKILL');
    await killed.finish();
    expect((await removeAuditRules(null)).map(({ detail }) => detail)).to.deep.equal([
      'audit rule of run audit-killed',
      'audit rule of run audit-killed',
    ]);
    expect(await removeAuditRules(null)).to.deep.equal([]);
    await living.finish();
    expect(await removeAuditRules('audit-living')).to.deep.equal([]);
    expect(readFileSync(join(folder, 'living'), 'latin1')).to.match(
      /^#host \d+ box-1\n[^]*#end records=\d+ lost=0 missed=0\n$/,
    );
  });
});
