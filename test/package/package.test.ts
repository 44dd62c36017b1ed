import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { execa } from 'execa';

const root = resolve(import.meta.dirname, '../..');
const fixtures = join(root, 'test/fixtures');

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * The tarball unpacked in an empty folder, beside it what its manifest says it depends on and nothing else: what a user's
 * `npm install` leaves, without the registry.
 */
describe('the package', function () {
  // It compiles everything.
  this.timeout(240_000);
  let folder = '';
  let packed: Packed = { filename: '', files: [] };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-package-'));
    const { stdout } = await execa('npm', ['pack', '--silent', '--json', '--pack-destination', folder], { cwd: root });
    packed = (JSON.parse(stdout) as [Packed])[0];
    const installed = join(folder, 'node_modules/tocsin');
    await mkdir(installed, { recursive: true });
    await execa('tar', ['-xzf', join(folder, packed.filename), '-C', installed, '--strip-components=1']);
    const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Manifest;
    for (const name of [...Object.keys(dependencies), 'mocha', 'chai']) {
      await mkdir(dirname(join(folder, 'node_modules', name)), { recursive: true });
      await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    }
    await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  });

  after(() => rm(folder, { recursive: true, force: true }));

  const node = (...args: string[]) => execa(process.execPath, args, { cwd: folder, reject: false, stdin: 'ignore' });
  const tocsin = (...args: string[]) => node(join(folder, 'node_modules/tocsin/bin/tocsin'), ...args);

  it('brings JavaScript and content, and neither sources nor tests', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).to.include.members([
      ...['bin/tocsin', 'lib/cli/main.js', 'lib/api/index.js', 'lib/api/index.d.ts', 'dist/report/index.html'],
      ...['lib/telemetry/macros.sql', 'dist/host/lab/agent.mjs', 'scenarios/t1583-003.yaml', 'README.md', 'LICENSE'],
    ]);
    expect(paths.filter((path) => /^(src|test|reports|bench|scripts)\//.test(path))).to.deep.equal([]);
    expect(paths.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).to.deep.equal([]);
  });

  it('checks the content that comes with it', async () => {
    const { exitCode, stdout, stderr } = await tocsin('check');
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.include('0 not loaded');
  });

  it('says what a scenario would do', async () => {
    const { exitCode, stdout, stderr } = await tocsin('run', '--dry-run');
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.include('T1583.003-1');
  });

  it('answers a query over a file, and a batch', async () => {
    await writeFile(join(folder, 'calls.csv'), 'Port\n80\n443\n');
    const one = await tocsin('query', 'Calls | count', '--data', 'Calls=calls.csv', '--format', 'csv');
    expect(one.stdout.trim().split(/\s+/), one.stderr).to.deep.equal(['Count', '2']);
    await writeFile(join(folder, 'batch.ndjson'), '{"id":1,"query":"print x = 1"}\n');
    const many = await tocsin('query', '--batch', 'batch.ndjson');
    expect(JSON.parse(many.stdout), many.stderr).to.deep.include({ id: 1, rows: [[1]] });
  });

  it('judges a recording again and writes every report', async () => {
    await cp(join(fixtures, 'projects/quick'), join(folder, 'project'), { recursive: true });
    const { exitCode, stderr } = await execa(
      process.execPath,
      [join(folder, 'node_modules/tocsin/bin/tocsin'), 'replay', join(fixtures, 'recording/quick'), '-q'],
      { cwd: join(folder, 'project'), reject: false },
    );
    expect(exitCode, stderr).to.equal(0);
  });

  it('is a library, as its example shows', async () => {
    await cp(join(root, 'examples/query.mjs'), join(folder, 'query.mjs'));
    const { stdout, stderr } = await node('query.mjs');
    expect(stdout.split('\n'), stderr).to.deep.equal([
      '[["ana@example.com",2]]',
      '1 row in, 0 out; Failures was 2, the rule asks for >= 5',
    ]);
  });

  it('brings drills and assertions for mocha and chai, as its example shows', async () => {
    const project = join(folder, 'specs');
    await cp(join(fixtures, 'projects/quick'), project, { recursive: true });
    await cp(join(fixtures, 'recording/quick'), join(project, 'recording'), { recursive: true });
    await cp(join(root, 'examples/drill.test.mjs'), join(project, 'drill.test.mjs'));
    const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
    const run = await execa(process.execPath, [mocha, 'drill.test.mjs'], { cwd: project, reject: false });
    expect(run.exitCode, run.stdout + run.stderr).to.equal(0);
    expect(run.stdout).to.include('2 passing');
  });
});
