import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { execa } from 'execa';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { requireLab } from '../lab/require-lab.ts';
import { consoleCommands, matchesOutput } from './console-blocks.ts';

const root = resolve(import.meta.dirname, '../..');
const docs = join(root, 'docs');

/** The project in which every page's commands run: the quick one, with a recording of it. */
const createProject = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-docs-'));
  const project = join(folder, 'project');
  await cp(join(root, 'test/fixtures/projects/quick'), project, { recursive: true });
  await cp(join(root, 'test/fixtures/recording'), join(project, 'recordings'), { recursive: true });
  await mkdir(join(folder, 'bin'));
  const program = join(folder, 'bin/tocsin');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'src/cli/main.ts')}' "$@"\n`);
  await chmod(program, 0o755);
  return folder;
};

describe('the documentation', () => {
  for (const page of readdirSync(docs)
    .filter((name) => name.endsWith('.md'))
    .sort()) {
    const commands = consoleCommands(readFileSync(join(docs, page), 'utf8'));
    if (commands.length === 0) continue;

    it(`says of its commands what they do: ${page}`, async function () {
      this.timeout(280_000);
      if (commands.some(({ needsLab }) => needsLab)) await requireLab(this, createNamespaceDriver({}));
      const folder = await createProject();
      try {
        for (const { line, command, output, exitCode } of commands) {
          const result = await execa('bash', ['-c', command], {
            cwd: join(folder, 'project'),
            env: { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, GITHUB_ACTIONS: '', NO_COLOR: '1' },
            reject: false,
            stdin: 'ignore',
          });
          const where = `docs/${page}:${line}: ${command}\n${result.stdout}\n${result.stderr}`;
          expect(result.exitCode, where).to.equal(exitCode);
          expect(matchesOutput(output, result.stdout), where).to.equal(true);
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  }

  it('links to pages and files that are there', async () => {
    for (const page of readdirSync(docs).filter((name) => name.endsWith('.md'))) {
      const text = await readFile(join(docs, page), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
        await readFile(join(docs, target)).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'EISDIR') throw new Error(`docs/${page} links to ${target}: ${error.message}`);
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
