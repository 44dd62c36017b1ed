import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadScenario, runScenario, type FinishedRun } from '../../src/api/run-scenario.ts';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import type { Driver } from '../../src/lab/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import type { LabEvent } from '../../src/model/event.ts';
import { reparseRecording } from '../../src/api/reparse.ts';
import { systemClock } from '../../src/util/clock.ts';
import { requireLab } from './require-lab.ts';

const project = resolve(import.meta.dirname, '../fixtures/projects/quick');

/** Three connections six seconds apart, after a program that no library can fake the clock of. */
const drill = async (driver: Driver, folder: string, timeScale: number): Promise<FinishedRun> => {
  const root = join(folder, 'project');
  cpSync(project, root, { recursive: true });
  const edit = (file: string, from: RegExp, to: string): void => {
    const text = readFileSync(join(root, file), 'utf8');
    writeFileSync(join(root, file), text.replace(from, to));
  };
  edit('scenarios/quick.yaml', /timeout: 30s/, 'timeout: 60s\n  inputs: { interval: 6 }');
  edit('atomics/T1571/T1571.yaml', /for i in/, '/usr/sbin/ldconfig --version >/dev/null\n      for i in');
  return await runScenario(await loadScenario(root, 'quick', { timeScale }), {
    reports: join(folder, `reports-${timeScale}`),
    driver,
    clock: systemClock,
    signal: new AbortController().signal,
    emit: () => undefined,
  });
};

/** What an event says besides when it was and which number a process or a port got. */
const withoutNoise = (event: LabEvent): unknown => [
  event['event.action'],
  event['event.outcome'],
  event['host.name'],
  event['process.command_line'],
  event['process.parent.name'],
  event['destination.ip'],
  event['destination.port'],
  event['file.path'],
];

const ofTest = ({ events }: { events: readonly LabEvent[] }): readonly LabEvent[] =>
  events.filter((event) => event['tocsin.origin'] === 'test');

const spread = (events: readonly LabEvent[]): number => {
  const times = events.filter((event) => event['destination.port'] === 4444).map((event) => event['@timestamp']);
  return (Math.max(...times) - Math.min(...times)) / 1_000_000;
};

for (const driver of [createNamespaceDriver({}), createDockerDriver({})]) {
  describe(`a compressed clock on the ${driver.name} driver`, function () {
    this.timeout(180_000);
    let folder: string;

    before(async function () {
      await requireLab(this, driver);
      folder = mkdtempSync(join(tmpdir(), 'tocsin-clock-'));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    it('changes nothing that a test leaves but the noise of its clock, says so, and says what did not follow', async () => {
      const plain = await drill(driver, folder, 1);
      const fast = await drill(driver, folder, 2);
      for (const { result } of [plain, fast]) expect(result.exitCode, JSON.stringify(result.results)).to.equal(0);

      const [slowly, quickly] = await Promise.all(
        [plain, fast].map((run) => reparseRecording(join(run.folder, 'recording'))),
      );
      if (slowly === undefined || quickly === undefined) throw new Error('two runs were recorded');
      expect(ofTest(quickly).map(withoutNoise)).to.have.deep.members(ofTest(slowly).map(withoutNoise));
      // Three rounds twice, twelve seconds from the first to the last: as many in either time.
      const real = ofTest(quickly).map((event) => event['tocsin.real_time'] ?? 0);
      expect((Math.max(...real) - Math.min(...real)) / 1_000_000).to.be.below(spread(ofTest(quickly)));
      expect(spread(ofTest(quickly))).to.be.closeTo(spread(ofTest(slowly)), 3);

      const marks = ({ result }: FinishedRun) =>
        result.results.flatMap(({ signals }) => signals.flatMap((s) => s.marks));
      expect(marks(fast)).to.include('compressed-clock');
      expect(marks(plain)).not.to.include('compressed-clock');
      const losses = quickly.manifest.sensors.flatMap((sensor) => sensor.losses);
      expect(
        losses.find(({ detail }) => detail.startsWith('programs that did not follow the compressed clock')),
      ).to.deep.include({
        kind: 'unsupported',
        count: 1,
      });
    });
  });
}
