import { expect } from 'chai';
import { chooseDriver } from '../../src/api/choose-driver.ts';
import type { Availability, Driver } from '../../src/lab/driver.ts';
import { HarnessError } from '../../src/model/harness-error.ts';

const driver = (name: Driver['name'], availability: Availability): Driver => ({
  name,
  release: 'bookworm',
  probe: () => Promise.resolve(availability),
  openLab: () => Promise.reject(new Error('not asked for')),
  cleanup: () => Promise.resolve({ ended: [], left: [] }),
});

const { signal } = new AbortController();
const down = driver('docker', { available: false, reason: 'no engine answers', hint: 'start it' });
const up = driver('namespace', { available: true, detail: 'strace 6.1' });

describe('the choice of a driver', () => {
  it('takes the first that can run here, and keeps what the others said', async () => {
    const choice = await chooseDriver([down, up], null, signal);
    expect(choice.driver.name).to.equal('namespace');
    expect(choice.considered).to.deep.equal(['docker: no engine answers', 'namespace: strace 6.1']);
  });

  it('does not put another in the place of the one asked for', async () => {
    const error: unknown = await chooseDriver([down, up], 'docker', signal).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(HarnessError);
    expect(error).to.include({ code: 'lab/no-driver', exitCode: 3, hint: 'start it' });
  });
});
