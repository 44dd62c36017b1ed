import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { stateRoots } from '../../src/lab/namespace/state-folder.ts';
import { remainingOfRun } from './outside.ts';
import { requireLab } from './require-lab.ts';

const driver = createNamespaceDriver({});

const labelFolders = (runId: string): readonly string[] =>
  stateRoots(process.getuid?.() ?? 0, process.env['XDG_RUNTIME_DIR'])
    .map((root) => join(root, runId))
    .filter((folder) => existsSync(folder));

/** Resolves with the lines that the owner printed, when it has printed this one, or when it ends. */
const reached = async (owner: ChildProcess, stage: string): Promise<void> => {
  if (owner.stdout === null) throw new Error('the owner has no output');
  for await (const line of createInterface({ input: owner.stdout })) if (line === stage) return;
};

describe('a lab whose owner is killed', function () {
  this.timeout(60_000);

  before(async function () {
    await requireLab(this, driver);
  });

  const moments = [
    ...[0, 10, 20, 40].map((afterMs) => ['begin', afterMs] as const),
    ...[0, 30, 60, 120].map((afterMs) => ['open', afterMs] as const),
    ...[0, 50].map((afterMs) => ['hosts', afterMs] as const),
    ['hosts', 400] as const,
  ];
  for (const [stage, afterMs] of moments) {
    it(`${afterMs} ms after the stage "${stage}" leaves no process, and cleanup leaves no folder`, async () => {
      const runId = `killed-${process.pid}-${stage}-${afterMs}`;
      const evidence = mkdtempSync(join(tmpdir(), 'tocsin-evidence-'));
      const owner = spawn(process.execPath, [join(import.meta.dirname, 'owner.ts'), runId, evidence], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(owner, 'exit');
      await reached(owner, stage);
      await delay(afterMs);
      owner.kill('SIGKILL');
      const [, signal] = (await exited) as [unknown, string | null];
      expect(signal).to.equal('SIGKILL');

      // Before any cleanup: the kernel ends the processes by itself.
      expect(await remainingOfRun(runId)).to.deep.equal([]);

      const report = await driver.cleanup(null, AbortSignal.timeout(10_000));
      expect(report.left).to.deep.equal([]);
      expect(labelFolders(runId)).to.deep.equal([]);
      rmSync(evidence, { recursive: true });
    });
  }
});
