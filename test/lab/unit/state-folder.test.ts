import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cleanupLabs } from '../../../src/lab/namespace/cleanup.ts';
import { identify, isRunning, namespaceOf } from '../../../src/lab/namespace/machine-process.ts';
import { claimRoot, findLabels, ownIdentity, stateRoots, writeLabel } from '../../../src/lab/namespace/state-folder.ts';
import { HarnessError } from '../../../src/model/harness-error.ts';

const { signal } = new AbortController();
const gone = { pid: 2 ** 30, start: 1 };

describe('labels of labs', () => {
  const uid = process.getuid?.() ?? 0;
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tocsin-state-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('are where the session keeps such things, and in /tmp for all that have no session', () => {
    expect(stateRoots(1000, '/run/user/1000')).to.deep.equal(['/run/user/1000/tocsin', join(tmpdir(), 'tocsin-1000')]);
    expect(stateRoots(0, undefined)).to.deep.equal([join(tmpdir(), 'tocsin-0')]);
  });

  it('are kept in a private folder only', () => {
    const refusal = (folder: string, user: number): string => {
      try {
        claimRoot(folder, user);
      } catch (error) {
        if (error instanceof HarnessError) return error.code;
        throw error;
      }
      return 'none';
    };
    expect(refusal(join(root, 'mine'), uid)).to.equal('none');
    expect(refusal(join(root, 'mine'), uid + 1)).to.equal('lab/state-folder');
    mkdirSync(join(root, 'open'));
    chmodSync(join(root, 'open'), 0o755);
    expect(refusal(join(root, 'open'), uid)).to.equal('lab/state-folder');
    symlinkSync(join(root, 'mine'), join(root, 'link'));
    expect(refusal(join(root, 'link'), uid)).to.equal('lab/state-folder');
  });

  it('are read as they were written, first without and then with a first process', () => {
    const label = { schemaVersion: 1, runId: 'r', owner: ownIdentity(), init: null } as const;
    writeLabel(root, label);
    expect(findLabels(root)).to.deep.equal([{ folder: join(root, 'r'), label, problem: null }]);
    const init = { ...gone, pidNamespace: 'pid:[1]', userNamespace: 'user:[2]' };
    writeLabel(root, { ...label, init });
    expect(findLabels(root).map((found) => found.label?.init)).to.deep.equal([init]);
    expect(readdirSync(root)).to.deep.equal(['r']);
  });

  it('of runs whose owner lives are left alone, unless they are asked for', async () => {
    writeLabel(root, { schemaVersion: 1, runId: 'live', owner: ownIdentity(), init: null });
    expect(await cleanupLabs([root], null, signal)).to.deep.equal({ ended: [], left: [] });
    expect(readdirSync(root)).to.deep.equal(['live']);
    expect((await cleanupLabs([root], 'other', signal)).ended).to.deep.equal([]);
    expect((await cleanupLabs([root], 'live', signal)).ended.map(({ kind }) => kind)).to.deep.equal(['folder']);
    expect(readdirSync(root)).to.deep.equal([]);
  });

  it('of dead runs go, and a process that only has the number of theirs does not', async () => {
    // This very process: its number is right, its start time or its namespace is not.
    const self = ownIdentity();
    const here = {
      pidNamespace: namespaceOf(self.pid, 'pid') ?? '',
      userNamespace: namespaceOf(self.pid, 'user') ?? '',
    };
    const impostors = [
      { ...self, ...here, start: self.start + 1 },
      { ...self, ...here, pidNamespace: 'pid:[1]' },
    ];
    for (const [index, init] of impostors.entries()) {
      const label = { schemaVersion: 1, runId: `dead-${index}`, owner: gone, init: null } as const;
      writeLabel(root, label);
      writeLabel(root, { ...label, init });
    }
    const report = await cleanupLabs([root], null, signal);
    expect(report.left).to.deep.equal([]);
    expect(report.ended.map(({ kind }) => kind)).to.deep.equal(['folder', 'folder']);
    expect(isRunning(self)).to.equal(true);
  });

  it('that cannot be read are said to be left', async () => {
    mkdirSync(join(root, 'odd'));
    writeFileSync(join(root, 'odd/label.json'), '{');
    mkdirSync(join(root, 'newer'));
    writeFileSync(join(root, 'newer/label.json'), '{"schemaVersion":2}');
    const report = await cleanupLabs([root], null, signal);
    expect(report.left.map(({ name }) => name).sort()).to.deep.equal([join(root, 'newer'), join(root, 'odd')]);
    expect(readdirSync(root).sort()).to.deep.equal(['newer', 'odd']);
  });

  it('that were being written when their owner died are removed without a word', async () => {
    mkdirSync(join(root, `.half.${gone.pid}.${gone.start}`));
    const self = ownIdentity();
    const being = `.being.${self.pid}.${self.start}`;
    mkdirSync(join(root, being));
    expect(await cleanupLabs([root], null, signal)).to.deep.equal({ ended: [], left: [] });
    expect(readdirSync(root)).to.deep.equal([being]);
  });
});

describe('a process of the machine', () => {
  it('is known by its number and start time', () => {
    const self = ownIdentity();
    expect(identify(process.pid)).to.deep.equal(self);
    expect(isRunning({ ...self, start: self.start - 1 })).to.equal(false);
    expect(identify(gone.pid)).to.equal(null);
  });
});
