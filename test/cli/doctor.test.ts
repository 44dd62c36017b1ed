import { resolve } from 'node:path';
import { expect } from 'chai';
import type { Check } from '../../src/api/doctor/check.ts';
import { checkDrivers } from '../../src/api/doctor/check-machine.ts';
import { checkNode } from '../../src/api/doctor/check-program.ts';
import type { Driver } from '../../src/lab/driver.ts';
import { runTocsin } from './run-tocsin.ts';

const project = resolve(import.meta.dirname, '../fixtures/projects/quick');

const driver = (name: Driver['name'], available: boolean): Driver => ({
  name,
  release: 'bookworm',
  probe: () =>
    Promise.resolve(available ? { available, detail: 'here' } : { available, reason: 'no socket', hint: 'start it' }),
  openLab: () => Promise.reject(new Error('not asked for')),
  cleanup: () => Promise.reject(new Error('not asked for')),
});

describe('tocsin doctor', () => {
  it('asks everything, and gives each thing that is not right one line that fixes it', async () => {
    const { stdout, code } = await runTocsin(project, ['doctor', '--json']);
    const { checks } = JSON.parse(stdout) as { checks: readonly Check[] };
    expect(checks.map(({ name }) => name)).to.include.members([
      ...[
        'node',
        'database',
        'kql',
        'knowledge',
        'html report',
        'project',
        'strace',
        'ip',
        'lab',
        'software',
        'disk',
        'color',
      ],
      ...['driver docker', 'driver namespace'],
    ]);
    for (const { name, status, fix } of checks) {
      expect(fix === null, name).to.equal(status === 'ok');
      expect(fix ?? '', name).not.to.include('\n');
    }
    const byName = new Map(checks.map((check) => [check.name, check]));
    expect(byName.get('kql')?.status).to.equal('ok');
    expect(byName.get('project')?.detail).to.include('1 atomic, 1 detection, 1 scenario');
    expect(code).to.equal(checks.some(({ status }) => status === 'missing') ? 3 : 0);
  });

  it('says the same to people', async () => {
    const { stdout } = await runTocsin(project, ['doctor'], { LANG: 'C.UTF-8' });
    expect(stdout).to.match(/^✓ node +\d+\.\d+\.\d+/);
    expect(stdout).to.match(/\n\d+ checks: \d+ missing, \d+ limited\n$/);
  });

  it('names the driver that a run would take, and what each other one lacks', async () => {
    const signal = new AbortController().signal;
    const one = await checkDrivers([driver('docker', false), driver('namespace', true)], signal);
    expect(one.map(({ name, status }) => [name, status])).to.deep.equal([
      ['lab', 'ok'],
      ['driver docker', 'limited'],
      ['driver namespace', 'ok'],
    ]);
    expect(one[0]?.detail).to.include('on the namespace driver');
    expect(one[1]).to.include({ detail: 'no socket', fix: 'start it' });
    const [lab] = await checkDrivers([driver('docker', false)], signal);
    expect(lab?.status).to.equal('missing');
  });

  it('refuses a Node that cannot run TypeScript', () => {
    expect(
      ['20.19.0', '22.17.1', '22.18.0', '24.0.0'].map((version) => checkNode(version, 'node').status),
    ).to.deep.equal(['missing', 'missing', 'ok', 'ok']);
  });
});
