import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runnerCommands } from '../report/github/runner.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runTocsin } from './run-tocsin.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures');

describe('a nightly job', () => {
  const folder = useTemporaryFolder();
  const project = (): string => join(folder(), 'project');
  const tocsin = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runTocsin(project(), args, env);
  const replay = (...args: readonly string[]) => ['replay', join(fixtures, 'recording/quick'), '-q', ...args];

  beforeEach(() => cp(join(fixtures, 'projects/quick'), project(), { recursive: true }));

  const editRule = async (from: string, to: string): Promise<void> => {
    const file = join(project(), 'detections/T1571/outbound-public.kql');
    await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
  };

  it('is 0 against its own baseline, and 1 with the cause when a rule got worse', async () => {
    expect((await tocsin(replay('--update-baseline'))).code).to.equal(0);
    const same = await tocsin(replay('--baseline', 'reports/baseline.json'));
    expect(same.code).to.equal(0);
    expect(same.stdout).to.include('0 regressions; 0 verdicts changed of 2 in 1 scenario');
    await editRule('>= 3', '>= 30');
    const worse = await tocsin(replay('--baseline', 'reports/baseline.json'));
    expect(worse.code).to.equal(1);
    expect(worse.stdout).to.include('server › outbound-public: fired -> missed (changed: rule)');
  });

  it('keeps standard output one document with --json', async () => {
    await tocsin(replay('--update-baseline'));
    const { stdout, stderr } = await tocsin(replay('--json', '--baseline', 'reports/baseline.json'));
    expect((JSON.parse(stdout) as { schemaVersion: number }).schemaVersion).to.equal(1);
    expect(stderr).to.include('0 regressions');
  });

  it('is 2 without the baseline that it names, and with one that is none', async () => {
    expect((await tocsin(replay('--baseline', 'reports/none.json'))).code).to.equal(2);
    await writeFile(join(project(), 'not.json'), '{"kind":"baseline"}');
    expect((await tocsin(replay('--baseline', 'not.json'))).code).to.equal(2);
  });

  it('compares two runs, and reaches a minimum of coverage or not', async () => {
    await tocsin(replay('--output', 'a'));
    await editRule('>= 3', '>= 30');
    await tocsin(replay('--output', 'b'));
    const [a, b] = ['a', 'b'].map((name) => `${name}/20261120T213027Z-4fe1fd-replay`);
    expect((await tocsin(['diff', a ?? '', b ?? ''])).code).to.equal(1);
    const back = await tocsin(['diff', b ?? '', `${a}/run.json`, '--json']);
    expect(back.code).to.equal(0);
    expect(
      (JSON.parse(back.stdout) as { verdicts: { kind: string }[] }).verdicts.map(({ kind }) => kind),
    ).to.deep.equal(['fixed']);
    expect((await tocsin(['coverage', a ?? '', '--min', '50'])).code).to.equal(0);
    expect((await tocsin(['coverage', b ?? '', '--min', '50'])).code).to.equal(1);
    expect((await tocsin(['coverage', a ?? '', '--min', 'lots'])).code).to.equal(2);
    expect((await tocsin(['coverage', 'nothing'])).code).to.equal(2);
  });

  it('annotates the clause that decided and writes the summary, on GitHub', async () => {
    await editRule('>= 3', '>= 30');
    const summary = join(folder(), 'summary.md');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: folder() };
    const { stderr } = await tocsin(replay(), env);
    expect(runnerCommands(stderr).map(({ name, properties: { file, line } }) => [name, file, line])).to.deep.equal([
      ['error', 'project/detections/T1571/outbound-public.kql', '5'],
    ]);
    expect(await readFile(summary, 'utf8')).to.include('1 expectation not met');
  });

  it('renders any format of a run again', async () => {
    await tocsin(replay());
    const only = await tocsin(['report', '--format', 'junit', '--output', 'again']);
    expect(only.stdout.trim()).to.equal(join(project(), 'again/junit.xml'));
    expect(await readFile(join(project(), 'again/junit.xml'), 'utf8')).to.equal(
      await readFile(join(project(), 'reports/20261120T213027Z-4fe1fd-replay/junit.xml'), 'utf8'),
    );
    expect((await tocsin(['report', '--format', 'pdf'])).code).to.equal(2);
  });
});

describe('a night of several scenarios', () => {
  it('plans them all, and says of one that is not there that it is not', async () => {
    const project = join(fixtures, 'projects/quick');
    const planned = await runTocsin(project, ['run', 'quick', 'scenarios/quick.yaml', '--dry-run']);
    expect(planned.code).to.equal(0);
    expect(planned.stdout.match(/^quick: /gm)).to.have.length(2);
    const none = await runTocsin(project, ['run', 'nope', 'nope-either', '--json']);
    expect(none.code).to.equal(2);
    expect(JSON.parse(none.stdout)).to.deep.equal({ schemaVersion: 1, kind: 'runs', runs: [] });
    expect(none.stderr).to.include('nope: not run').and.to.include('nope-either: not run');
  });
});
