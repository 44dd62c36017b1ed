import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadScenario, runScenario } from '../../src/api/run-scenario.ts';
import { openRecording } from '../../src/recording/open-recording.ts';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import type { Driver } from '../../src/lab/driver.ts';
import { systemClock } from '../../src/util/clock.ts';
import { requireLab } from './require-lab.ts';

const project = resolve(import.meta.dirname, '../fixtures/projects/dense');

/** How often; 20 shows what one cannot. */
const runs = Number(process.env['TOCSIN_DENSE_RUNS'] ?? 1);

/** What the signals that are not as expected wanted and got, why a test did not run, and what sensors say they dropped. */
const wrongIn = async (driver: Driver, reports: string): Promise<readonly string[]> => {
  const run = await runScenario(await loadScenario(project, 'dense'), {
    reports,
    driver,
    clock: systemClock,
    signal: new AbortController().signal,
    emit: () => undefined,
  });
  const { manifest } = await openRecording(join(run.folder, 'recording'));
  rmSync(run.folder, { recursive: true });
  return [
    ...run.result.results.flatMap(({ variant, executed, signals }) => [
      ...(executed.status === 'executed' ? [] : [`${variant}: ${executed.reason} ${executed.detail}`]),
      ...signals.filter(({ met }) => !met).map((one) => `${variant}/${one.id}: wanted ${one.want}, got ${one.got}`),
    ]),
    ...manifest.sensors.flatMap(({ host, sensor, losses }) =>
      losses
        .filter(({ kind }) => kind === 'dropped')
        .map(({ detail, count }) => `${host} ${sensor}: ${String(count)} ${detail}`),
    ),
  ];
};

for (const driver of [createNamespaceDriver({}), createDockerDriver({})]) {
  describe(`the densest tests on the ${driver.name} driver`, function () {
    this.timeout(120_000);
    let folder: string;

    before(async function () {
      await requireLab(this, driver);
      folder = mkdtempSync(join(tmpdir(), 'tocsin-dense-'));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    for (let round = 1; round <= runs; round++)
      it(`leave every event that they make (run ${String(round)} of ${String(runs)})`, async () => {
        expect(await wrongIn(driver, join(folder, 'reports'))).to.deep.equal([]);
      });
  });
}
