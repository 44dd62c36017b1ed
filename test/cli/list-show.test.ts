import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { playbookFields } from '../../src/model/playbook.ts';
import { fixtureRun } from '../report/fixture-run.ts';
import { sampleRun } from '../report/sample-run.ts';
import { writeRunJson } from '../../src/report/json/write-run.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runTocsin } from './run-tocsin.ts';

const project = resolve(import.meta.dirname, '../fixtures/projects/quick');

interface Document {
  readonly kind: string;
  readonly items: readonly { readonly id: string }[];
}

const listed = async (...args: readonly string[]): Promise<readonly string[]> => {
  const { code, stdout } = await runTocsin(project, ['list', ...args, '--json']);
  expect(code).to.equal(0);
  return (JSON.parse(stdout) as Document).items.map(({ id }) => id);
};

describe('tocsin list', () => {
  it('lists what a project has', async () => {
    expect(await listed('atomics')).to.deep.equal(['T1571-1']);
    expect(await listed('detections')).to.deep.equal(['outbound-public']);
    expect(await listed('scenarios')).to.deep.equal(['quick']);
    expect((await listed('techniques')).length).to.be.greaterThan(600);
  });

  it('filters by technique, tactic, platform and text; all of them must hold', async () => {
    expect(await listed('techniques', '--technique', 't1583')).to.include.members(['T1583', 'T1583.003']);
    expect(await listed('techniques', '--technique', 'T1583.003')).to.deep.equal(['T1583', 'T1583.003']);
    expect(await listed('atomics', '--tactic', 'Command and Control')).to.deep.equal(['T1571-1']);
    expect(await listed('atomics', '--tactic', 'TA0042')).to.deep.equal([]);
    expect(await listed('atomics', '--platform', 'Linux', '--grep', 'unusual PORT')).to.deep.equal(['T1571-1']);
    expect(await listed('atomics', '--platform', 'windows', '--grep', 'unusual port')).to.deep.equal([]);
    expect((await runTocsin(project, ['list', 'atomics', '--tactic', 'nope'])).code).to.equal(2);
  });

  it('filters detections by language and severity, tests by executor', async () => {
    expect(await listed('detections', '--language', 'kql', '--severity', 'Medium')).to.deep.equal(['outbound-public']);
    expect(await listed('detections', '--language', 'sigma')).to.deep.equal([]);
    expect(await listed('atomics', '--executor', 'powershell')).to.deep.equal([]);
  });

  it('filters by what the latest runs said, and says which words there are', async function () {
    this.timeout(60_000);
    const reports = join(folder(), 'reports');
    expect(await listed('detections', '--status', 'untested', '--reports', reports)).to.deep.equal(['outbound-public']);
    const recording = resolve(project, '../../recording/quick');
    await runTocsin(project, ['replay', recording, '--output', reports]);
    const withStatus = (what: string, status: string) => listed(what, '--status', status, '--reports', reports);
    expect(await withStatus('detections', 'missed')).to.deep.equal(['outbound-public']);
    expect(await withStatus('detections', 'fired')).to.deep.equal(['outbound-public']);
    expect(await withStatus('detections', 'untested')).to.deep.equal([]);
    expect(await withStatus('techniques', 'partial')).to.deep.equal(['T1571']);
    expect(await withStatus('scenarios', 'met')).to.deep.equal(['quick']);
    expect(await withStatus('atomics', 'executed')).to.deep.equal(['T1571-1']);
    expect(await withStatus('runs', 'met')).to.have.length(1);
    const { code, stderr } = await runTocsin(project, ['list', 'techniques', '--status', 'detectd']);
    expect(code).to.equal(2);
    expect(stderr).to.include('did you mean "detected"?');
  });

  const folder = useTemporaryFolder();
  it('lists runs, and says which of them cannot be read', async () => {
    await writeRunJson(join(folder(), 'a'), fixtureRun());
    await writeRunJson(join(folder(), 'b'), sampleRun);
    await writeRunJson(join(folder(), 'c'), sampleRun);
    await writeFile(join(folder(), 'c/run.json'), '{}');
    const { stdout } = await runTocsin(project, ['list', 'runs', '--reports', folder()]);
    const lines = stdout.split('\n');
    expect(lines.slice(1, 3).map((line) => line.split(/\s+/)[1])).to.deep.equal(['t1583-003', 't1583-003']);
    expect(lines[3]).to.include('unreadable');
    expect(lines[4]).to.equal('3 runs');
  });
});

describe('tocsin show', () => {
  for (const [id, kind] of [
    ['T1571-1', 'atomic'],
    ['0C4F4C0E-2f0b-4f0e-8d58-6f6c7c1d3a01', 'atomic'],
    ['t1571', 'technique'],
    ['outbound-public', 'detection'],
    ['quick', 'scenario'],
  ] as const) {
    it(`finds the ${kind} ${id}, for people and for programs`, async () => {
      const { stdout } = await runTocsin(project, ['show', id, '--json']);
      expect((JSON.parse(stdout) as Document).kind).to.equal(kind);
      expect((await runTocsin(project, ['show', id])).stdout.split('\n').length).to.be.greaterThan(4);
    });
  }

  it('shows a test as it would run, its default inputs put in', async () => {
    const { stdout } = await runTocsin(project, ['show', 'T1571-1']);
    expect(stdout).to.include('(exec 3<>/dev/tcp/127.0.0.1/4444)').and.not.to.include('#{');
  });

  it('shows the playbook of a technique', async () => {
    const { stdout } = await runTocsin(resolve(import.meta.dirname, '../..'), ['show', 'T1584.003']);
    expect(stdout).to.include('playbooks/T1584.003.yaml');
    expect(Object.values(playbookFields).filter((title) => !stdout.split('\n').includes(title))).to.deep.equal([]);
  });

  it('offers what was meant', async () => {
    const { code, stderr } = await runTocsin(project, ['show', 'outbound-pubic']);
    expect(code).to.equal(2);
    expect(stderr).to.include('did you mean "outbound-public"?');
  });
});
