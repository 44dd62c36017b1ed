import { resolve } from 'node:path';
import { expect } from 'chai';
import { planScenario } from '../../src/run/plan-scenario.ts';
import { loadScenario } from '../../src/api/run-scenario.ts';

const root = resolve(import.meta.dirname, '../..');

describe('the plan of the main scenario', () => {
  it('has the hosts it uses, every input put in, and says how long each test takes', async () => {
    const { plan } = await loadScenario(root, 't1583-003');
    expect(plan.hosts.map(({ name }) => name)).to.deep.equal(['win-1', 'win-2', 'win-3', 'win-4', 'vps-1']);
    expect(
      plan.variants.map(({ variant, host, expectedSeconds }) => [variant.name, host.name, expectedSeconds]),
    ).to.deep.equal([
      ['as-documented', 'win-1', 75],
      ['no-listener', 'win-2', 75],
      ['keep-alive', 'win-3', 75],
      ['vps', 'win-4', 72],
    ]);
    const vps = plan.variants.find(({ variant }) => variant.name === 'vps');
    expect(vps?.command).to.include('http://203.0.113.10:8443/checkin').and.not.include('#{');
    expect(vps?.signals.find(({ id }) => id === 'check-ins')?.count).to.deep.equal({ min: 24, max: 24 });
  });

  it('has the host that answers for names, though no variant says so', async () => {
    const { plan } = await loadScenario(root, 'endpoint');
    expect(plan.variants.flatMap(({ variant }) => Object.values(variant.roles))).to.not.include('dns-1');
    expect(plan.hosts.find(({ name }) => name === 'dns-1')?.services.map(({ kind }) => kind)).to.deep.equal(['dns']);
  });

  it('gives a host the programs of the ordinary life that it runs, and says how long that goes on', async () => {
    const { plan } = await loadScenario(root, 'benign');
    const tools = plan.variants.find(({ variant }) => variant.name === 'developer-tools');
    expect(
      plan.played.get(tools?.host.name ?? '')?.map(({ file, does }) => [file.replace(/.*\\/, ''), does.times]),
    ).to.deep.equal([
      ['Code.exe', 41],
      ['git-remote-https.exe', 1],
    ]);
    expect(tools?.expectedSeconds).to.equal(120);
    expect(plan.variants.find(({ variant }) => variant.name === 'attack')?.host.name).to.not.be.oneOf([
      ...plan.played.keys(),
    ]);
  });

  it('lets a background go on, on the hosts of the tests and there alone', async () => {
    const { content, scenario } = await loadScenario(root, 't1583-003');
    const mail = [...content.atomics.values()].find(({ activity }) => activity?.id === 'mail')?.guid ?? '';
    const plan = planScenario(content, { ...scenario, background: [mail] });
    expect(plan.background.map(({ host }) => host)).to.deep.equal(['win-1', 'win-2', 'win-3', 'win-4']);
    expect([...plan.played.values()].flat().map(({ does }) => does.times)).to.deep.equal([null, null, null, null]);
  });

  it('does not exist for a scenario that does not, and the error says what to name', async () => {
    const error: unknown = await loadScenario(root, 'no-such-scenario').catch((cause: unknown) => cause);
    expect(error).to.have.property('exitCode', 2);
  });
});
