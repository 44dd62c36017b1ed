import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { registryFile } from '../../../src/model/in-host.ts';
import { loggingOf, readLoggingPolicy, type LoggingPolicy } from '../../../src/windows/os/policy.ts';
import { initialHives } from '../../../src/windows/registry/initial.ts';

describe('what a Windows host logs', () => {
  let drive: string;
  before(() => {
    drive = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
    mkdirSync(dirname(registryFile('SOFTWARE', drive, '')), { recursive: true });
  });
  after(() => rmSync(drive, { recursive: true }));

  const afterSetting = (logs: LoggingPolicy): LoggingPolicy => {
    const text = new Map(initialHives(logs)).get('SOFTWARE') ?? '';
    writeFileSync(registryFile('SOFTWARE', drive, ''), text);
    return readLoggingPolicy(drive);
  };

  it('is nothing where nobody configured it', () => {
    const nothing = { scriptBlocks: false, modules: false, dnsQueries: false };
    expect(readLoggingPolicy(drive)).to.deep.equal(nothing);
    expect(afterSetting(nothing)).to.deep.equal(nothing);
  });

  it('is chosen by the profile of the topology', () => {
    for (const [profile, logs] of Object.entries(loggingOf)) expect(afterSetting(logs), profile).to.deep.equal(logs);
    expect(Object.values(loggingOf['windows-default'])).to.deep.equal([false, false, false]);
  });

  it('is what the registry says, setting by setting', () => {
    for (const name of ['scriptBlocks', 'modules', 'dnsQueries'] as const) {
      const one = { scriptBlocks: false, modules: false, dnsQueries: false, [name]: true };
      expect(afterSetting(one)).to.deep.equal(one);
    }
  });
});
