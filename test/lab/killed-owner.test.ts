import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import type { Driver } from '../../src/lab/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { stateRoots } from '../../src/lab/namespace/state-folder.ts';
import { remainingOfRun } from './outside.ts';
import { requireLab } from './require-lab.ts';

const labelFolders = (runId: string): readonly string[] =>
  stateRoots(process.getuid?.() ?? 0, process.env['XDG_RUNTIME_DIR'])
    .map((root) => join(root, runId))
    .filter((folder) => existsSync(folder));

/** Resolves with the lines that the owner printed, when it has printed this one, or when it ends. */
const reached = async (owner: ChildProcess, stage: string): Promise<void> => {
  if (owner.stdout === null) throw new Error('the owner has no output');
  for await (const line of createInterface({ input: owner.stdout })) if (line === stage) return;
};

/** Everything in the machine that still carries the label of this run. */
const remaining: Record<Driver['name'], (runId: string) => Promise<readonly unknown[]> | readonly unknown[]> = {
  namespace: async (runId) => [...(await remainingOfRun(runId)), ...labelFolders(runId)],
  docker: (runId) => {
    const found = execFileSync('docker', ['ps', '--all', '--quiet', '--filter', `label=tocsin.run=${runId}`]);
    return found
      .toString()
      .split('\n')
      .filter((id) => id !== '');
  },
};

const moments: Record<Driver['name'], readonly (readonly [stage: string, afterMs: number])[]> = {
  namespace: [
    ...[0, 10, 20, 40].map((afterMs) => ['begin', afterMs] as const),
    ...[0, 30, 60, 120].map((afterMs) => ['open', afterMs] as const),
    ...[0, 50, 400].map((afterMs) => ['hosts', afterMs] as const),
  ],
  docker: [
    ...[0, 50, 150, 300].map((afterMs) => ['begin', afterMs] as const),
    ...[0, 100, 300, 600].map((afterMs) => ['open', afterMs] as const),
    ...[0, 400].map((afterMs) => ['hosts', afterMs] as const),
  ],
};

/** What was asked of an engine in the last moment may be done when nobody waits for it any more. */
const engineMs = 1000;

for (const driver of [createNamespaceDriver({}), createDockerDriver({})]) {
  describe(`a lab of the ${driver.name} driver whose owner is killed`, function () {
    this.timeout(60_000);

    before(async function () {
      await requireLab(this, driver);
    });

    for (const [stage, afterMs] of moments[driver.name]) {
      it(`${afterMs} ms after the stage "${stage}" leaves nothing once it is cleaned up`, async () => {
        const runId = `killed-${process.pid}-${stage}-${afterMs}`;
        const evidence = mkdtempSync(join(tmpdir(), 'tocsin-evidence-'));
        const program = join(import.meta.dirname, 'owner.ts');
        const owner = spawn(process.execPath, [program, driver.name, runId, evidence], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const exited = once(owner, 'exit');
        await reached(owner, stage);
        await delay(afterMs);
        owner.kill('SIGKILL');
        const [, signal] = (await exited) as [unknown, string | null];
        expect(signal).to.equal('SIGKILL');

        // Before any cleanup: the kernel ends the processes of namespaces by itself.
        if (driver.name === 'namespace') expect(await remainingOfRun(runId)).to.deep.equal([]);
        else await delay(engineMs);

        const report = await driver.cleanup(null, AbortSignal.timeout(20_000));
        expect(report.left).to.deep.equal([]);
        expect(await remaining[driver.name](runId)).to.deep.equal([]);
        rmSync(evidence, { recursive: true });
      });
    }
  });
}
