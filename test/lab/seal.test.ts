import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { SealReport } from '../../src/lab/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { requireLab } from './require-lab.ts';

describe('the proof that a lab is sealed', function () {
  this.timeout(60_000);

  before(async function () {
    await requireLab(this, createNamespaceDriver({}));
  });

  it('fails, by what it sees and by what it hears, when a cable leads to the machine', () => {
    // A namespace inside a namespace: the lab's machine is one that exists for this test alone.
    const machine = [
      '--user',
      '--map-root-user',
      '--net',
      '--',
      process.execPath,
      join(import.meta.dirname, 'leaking-machine.ts'),
    ];
    // Its root is another root than the real one's, and needs a place of its own for what it writes.
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-machine-'));
    const env = { ...process.env, TMPDIR: folder, XDG_RUNTIME_DIR: '' };
    const output = execFileSync('unshare', machine, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env });
    rmSync(folder, { recursive: true });
    const [sealed, broken] = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as SealReport);
    expect(sealed?.leaks).to.deep.equal([]);
    expect(sealed?.attempts).to.equal(4);
    expect(broken?.sealed).to.equal(false);
    expect(broken?.leaks).to.deep.equal([
      'leaked of fabric (veth) leads out of the lab',
      'tcp 192.0.2.1 answered one: connected',
      'tcp 192.0.2.1 was reached from 10.77.1.10',
      'udp 192.0.2.1 was reached from 10.77.1.10',
    ]);
  });
});
