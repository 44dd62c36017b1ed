import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { execa } from 'execa';
import { judge } from '../../src/api/index.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { requireLab } from '../lab/require-lab.ts';
import { consoleCommands, matchesOutput } from './console-blocks.ts';

const root = resolve(import.meta.dirname, '../..');
const docs = join(root, 'docs');

/** Pages whose commands run with data that a test of their own puts beside them. */
const testedElsewhere = ['query.md', 'hunt.md'];

const pages = [
  'README.md',
  ...readdirSync(docs)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
];

const blocksOf = (page: string, language: string): readonly (readonly [file: string, text: string])[] =>
  [...page.matchAll(new RegExp(`Put this into \`([^\`]+)\`:\n\n\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, file = '', text = '']) => [file, text] as const,
  );

/** What the README's commands work on, under the names that it gives them. */
const prepareReadme = async (project: string): Promise<void> => {
  const scenario = await readFile(join(project, 'scenarios/quick.yaml'), 'utf8');
  await writeFile(join(project, 'scenarios/endpoint.yaml'), scenario.replace('id: quick', 'id: endpoint'));
  const run = join(project, 'reports/20261120T172229Z-3cfdc2');
  await cp(join(project, 'recordings/quick'), join(run, 'recording'), { recursive: true });
  const manifest = await readFile(join(run, 'recording/manifest.json'), 'utf8');
  await writeFile(
    join(run, 'recording/manifest.json'),
    manifest.replace(/"runId": *"[^"]*"/, '"runId": "20261120T172229Z-3cfdc2"'),
  );
  await judge(run, { root: project, reports: join(project, 'reports') });
  await cp(`${run}-replay/run.json`, join(run, 'run.json'));
  await mkdir(join(project, 'bin'));
  await symlink('../../bin/tocsin', join(project, 'bin/tocsin'));
  for (const folder of ['sigma/rules', 'logs']) await mkdir(join(project, folder), { recursive: true });
  const [[, rule] = ['', '']] = blocksOf(readFileSync(join(docs, 'test-your-rule.md'), 'utf8'), 'yaml');
  await writeFile(join(project, 'sigma/rules/port.yml'), rule);
  await writeFile(join(project, 'logs/events.ndjson'), '{"EventID":3,"DestinationPort":4444}\n');
  await writeFile(join(project, 'rows.ndjson'), '{"Host":"a","RemoteIP":"203.0.113.7"}\n');
  await writeFile(join(project, 'rule.kql'), 'DeviceNetworkEvents | where RemoteIP == "203.0.113.8"\n');
};

/** The project in which every page's commands run: the quick one, with a recording of it, and the files that the page shows. */
const createProject = async (page: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-docs-'));
  const project = join(folder, 'project');
  await cp(join(root, 'test/fixtures/projects/quick'), project, { recursive: true });
  await cp(join(root, 'test/fixtures/recording'), join(project, 'recordings'), { recursive: true });
  for (const [file, text] of blocksOf(readFileSync(join(root, page), 'utf8'), '\\w+')) {
    await mkdir(dirname(join(project, file)), { recursive: true });
    await writeFile(join(project, file), text);
  }
  await mkdir(join(folder, 'bin'));
  const program = join(folder, 'bin/tocsin');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'src/cli/main.ts')}' "$@"\n`);
  await chmod(program, 0o755);
  if (page === 'README.md') await prepareReadme(project);
  return folder;
};

describe('the documentation', () => {
  for (const page of pages) {
    // What npm does with the repository itself, the continuous integration does.
    const commands = consoleCommands(readFileSync(join(root, page), 'utf8')).filter(
      ({ command }) => !/^npm /.test(command),
    );
    if (commands.length === 0) continue;

    it(`says of its commands what they do: ${page}`, async function () {
      this.timeout(280_000);
      if (commands.some(({ needsLab }) => needsLab)) await requireLab(this, createNamespaceDriver({}));
      const folder = await createProject(page);
      const env = {
        // Labs are noted there: those that others keep are not this page's.
        XDG_RUNTIME_DIR: folder,
        ...{ PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, GITHUB_ACTIONS: '', NO_COLOR: '1' },
      };
      try {
        for (const { line, command, output, exitCode } of commands) {
          const result = await execa('bash', ['-c', command], {
            cwd: join(folder, 'project'),
            env,
            reject: false,
            stdin: 'ignore',
          });
          const where = `${page}:${line}: ${command}\n${result.stdout}\n${result.stderr}`;
          expect(result.exitCode, where).to.equal(exitCode);
          expect(matchesOutput(output, result.stdout), where).to.equal(true);
        }
      } finally {
        if (commands.some(({ command }) => command.startsWith('tocsin lab')))
          await execa('tocsin', ['lab', 'down', '--all'], { cwd: folder, env, reject: false });
        await rm(folder, { recursive: true, force: true });
      }
    });
  }

  it('shows no command that no test runs', () => {
    const untested = pages
      .filter((page) => !testedElsewhere.some((name) => page.endsWith(name)))
      .flatMap((page) => {
        const text = readFileSync(join(root, page), 'utf8');
        return [...text.matchAll(/^```(\w*)[^\n]*\n([^]*?)^```/gm)]
          .filter(([, language, block = '']) => language !== 'console' && /^(?:\$ )?(?:bin\/)?tocsin /m.test(block))
          .map(([, , block = '']) => `${page}: ${block.split('\n')[0] ?? ''}`);
      });
    expect(untested).to.deep.equal([]);
  });

  it('links to pages and files that are there', async () => {
    for (const page of pages) {
      const text = await readFile(join(root, page), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
        await readFile(join(root, dirname(page), target)).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'EISDIR') throw new Error(`${page} links to ${target}: ${error.message}`);
        });
      }
    }
  });
});

describe('a console block', () => {
  it('is its commands, each with the output and exit code that the page tells', () => {
    const page =
      'a\n\n```console\n$ one  # exit code 1\nout\n$ two\n```\n```console lab\n$ three\n```\n```\n$ no\n```\n';
    expect(consoleCommands(page)).to.deep.equal([
      { line: 4, command: 'one', output: ['out'], exitCode: 1, needsLab: false },
      { line: 6, command: 'two', output: [], exitCode: 0, needsLab: false },
      { line: 9, command: 'three', output: [], exitCode: 0, needsLab: true },
    ]);
  });

  it('matches what is printed line by line, and … stands for what a reader need not compare', () => {
    expect(matchesOutput(['a', '…', 'd … f'], 'a\nb\nc\nd e f\n')).to.equal(true);
    expect(matchesOutput(['a'], 'a\nb\n')).to.equal(false);
    expect(matchesOutput(['b'], 'a\nb\n')).to.equal(false);
    expect(matchesOutput(['a.c'], 'abc\n')).to.equal(false);
  });
});
