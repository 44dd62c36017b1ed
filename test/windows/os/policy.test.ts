import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { loggingPolicy, logsDnsQueries, logsScriptBlocks } from '../../../src/windows/os/policy.ts';

describe('what a Windows host logs', () => {
  let drive: string;
  before(() => {
    drive = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
    mkdirSync(dirname(join(drive, loggingPolicy.file)), { recursive: true });
  });
  after(() => rmSync(drive, { recursive: true }));

  const logs = (): readonly boolean[] => [logsScriptBlocks(drive), logsDnsQueries(drive)];

  it('is nothing where nobody configured it, and what the registry says elsewhere', () => {
    expect(logs()).to.deep.equal([false, false]);
    writeFileSync(join(drive, loggingPolicy.file), loggingPolicy.everything);
    expect(logs()).to.deep.equal([true, true]);
    writeFileSync(join(drive, loggingPolicy.file), loggingPolicy.nothing);
    expect(logs()).to.deep.equal([false, false]);
  });

  it('is read key by key: one setting says nothing of the other', () => {
    const [scriptBlocks = ''] = loggingPolicy.everything.split(/\n(?=\[)/);
    writeFileSync(join(drive, loggingPolicy.file), scriptBlocks);
    expect(logs()).to.deep.equal([true, false]);
  });
});
