import { resolve } from 'node:path';
import { expect } from 'chai';
import { loadScenario } from '../../src/api/run-scenario.ts';
import { realTime } from '../../src/model/drill-clock.ts';
import { clockEnvironment, highestScale } from '../../src/run/time-scale.ts';
import { openHostClock } from '../../src/windows/os/clock.ts';

const root = resolve(import.meta.dirname, '../..');
const start = 1_795_192_432_000_000;

describe('a compressed clock', () => {
  it('is told to a Windows host’s programs, which sleep less and see time run', async () => {
    const clock = { scale: 1000, startMicros: start };
    const host = openHostClock(clockEnvironment('windows', clock, start));
    const before = host.now();
    const really = Date.now();
    await host.sleep(5_000);
    expect(host.now() - before).to.be.at.least(4_900);
    expect(Date.now() - really).to.be.below(4_000);
  });

  it('is faked to a Linux host’s programs, from the moment of the drill at which they start', () => {
    expect(clockEnvironment('linux', { scale: 60, startMicros: start }, start + 2_000_000)).to.deep.equal({
      LD_PRELOAD: '/usr/$LIB/faketime/libfaketime.so.1',
      FAKETIME: '+118 x60',
    });
  });

  it('leaves no trace where it runs as real time does', () => {
    expect(clockEnvironment('windows', realTime, start)).to.deep.equal({});
    expect(clockEnvironment('linux', realTime, start)).to.deep.equal({});
  });

  it('may run as fast as the shortest interval of its tests bears', async () => {
    const { plan } = await loadScenario(root, 'two-hours');
    expect(plan.scenario.timeScale).to.equal(60);
    expect(highestScale(plan.variants)).to.deep.equal({
      scale: 100,
      variant: 'vps',
      signal: 'check-ins',
      intervalSeconds: 300,
    });
    expect(plan.variants[0]?.expectedSeconds).to.equal(120);
  });

  it('is refused where it runs faster, with the highest scale that holds', async () => {
    const error: unknown = await loadScenario(root, 'two-hours', { timeScale: 101 }).catch((cause: unknown) => cause);
    expect(error).to.include({
      code: 'run/scale-too-high',
      exitCode: 2,
      message: 'two-hours cannot run 101 times as fast: vps repeats itself every 300 s (signal check-ins)',
      hint: 'the highest time scale that holds is 100',
    });
  });

  it('needs no library where all hosts are ours to tell', async () => {
    const windows = await loadScenario(root, 'two-hours');
    expect(windows.plan.variants.flatMap(({ software }) => software.needed)).to.deep.equal([]);
    const linux = await loadScenario(resolve(root, 'test/fixtures/projects/quick'), 'quick', { timeScale: 1 });
    expect(linux.plan.variants.flatMap(({ software }) => software.needed)).to.deep.equal([]);
  });
});
