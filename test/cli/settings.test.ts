import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runTocsin } from './run-tocsin.ts';

const quick = resolve(import.meta.dirname, '../fixtures/projects/quick');
const fixtureRun = resolve(import.meta.dirname, '../fixtures/run/t1583-003.json');

describe('settings', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  const project = (): string => join(folder(), 'project');

  const createProject = async (settings: string): Promise<string> => {
    await cp(quick, project(), { recursive: true });
    await writeFile(join(project(), 'tocsin.yaml'), settings);
    return project();
  };

  const putRun = async (reports: string, id: string): Promise<void> => {
    await mkdir(join(project(), reports, id), { recursive: true });
    await cp(fixtureRun, join(project(), reports, id, 'run.json'));
  };

  const listedFrom = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> => {
    const { stdout, stderr } = await runTocsin(project(), ['list', 'runs', '--json', ...args], env);
    const { items } = JSON.parse(stdout) as { readonly items: readonly { readonly id: string }[] };
    return items.map(({ id }) => id).join() || stderr;
  };

  it('come from a flag, else the environment, else tocsin.yaml, else the default', async () => {
    await createProject('reports: by-file\n');
    for (const name of ['by-flag', 'by-variable', 'by-file', 'reports']) await putRun(name, `${name}-run`);
    const variable = { TOCSIN_REPORTS: 'by-variable' };
    expect(await listedFrom(['--reports', 'by-flag'], variable)).to.equal('by-flag-run');
    expect(await listedFrom([], variable)).to.equal('by-variable-run');
    expect(await listedFrom([])).to.equal('by-file-run');
    await writeFile(join(project(), 'tocsin.yaml'), 'color: never\n');
    expect(await listedFrom([])).to.equal('reports-run');
  });

  it('are shown by doctor, each with what decided it', async () => {
    await createProject('# ours\ndriver: docker\nreports: runs\n');
    const { stdout } = await runTocsin(project(), ['doctor', '--json'], {
      TOCSIN_DRIVER: 'namespace',
      TOCSIN_REPORT: 'x',
    });
    const { checks } = JSON.parse(stdout) as {
      readonly checks: readonly { readonly name: string; readonly detail: string; readonly fix: string | null }[];
    };
    const said = checks
      .filter(({ name }) => name.startsWith('setting'))
      .map(({ name, detail, fix }) => [name, detail, fix]);
    expect(said.slice(0, 3)).to.deep.equal([
      ['setting driver', 'namespace, by TOCSIN_DRIVER; a flag comes before it', null],
      ['setting reports', 'runs, by tocsin.yaml:3; a flag comes before it', null],
      ['settings', 'TOCSIN_REPORT is no setting', 'did you mean TOCSIN_REPORTS?'],
    ]);
    expect(said[3]?.[1]).to.include('by default: scenarios, audit, detections');
  });

  it('are checked like every other file', async () => {
    await createProject('drivr: docker\ntimeLimit: soon\n');
    const { code, stderr } = await runTocsin(project(), ['check']);
    expect(code).to.equal(2);
    expect(stderr).to.include('error[schema/unknown-key]').and.include('tocsin.yaml:1:1');
    expect(stderr).to.include('did you mean "driver"?').and.include('tocsin.yaml:2:12');
    const other = await runTocsin(project(), ['list', 'runs']);
    expect(other.code).to.equal(2);
    expect(other.stderr).to.include('did you mean "driver"?');
  });

  it('of the environment that a flag would not take are refused with where they come from', async () => {
    await createProject('');
    const { code, stderr } = await runTocsin(project(), ['query', 'print 1'], { TOCSIN_TIME_LIMIT: 'soon' });
    expect(code).to.equal(2);
    expect(stderr).to.include('TOCSIN_TIME_LIMIT').and.include('Not a number of seconds');
  });

  it('say what is run when nothing is named; else it is all of the project', async () => {
    await createProject('scenarios: [quick]\n');
    const named = await runTocsin(project(), ['run', '--dry-run']);
    expect(named.stdout).to.include('quick: Connections to a local port');
    await writeFile(join(project(), 'tocsin.yaml'), 'scenarios: [quik]\n');
    expect((await runTocsin(project(), ['run', '--dry-run'])).stderr).to.include('did you mean "quick"?');
    await writeFile(join(project(), 'tocsin.yaml'), '{}\n');
    expect((await runTocsin(project(), ['run', '--dry-run'])).stdout).to.include('quick: Connections to a local port');
  });
});
