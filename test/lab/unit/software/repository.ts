import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { createRunApt, type RunApt } from '../../../../src/lab/software/apt.ts';

export interface TestPackage {
  readonly name: string;
  readonly version?: string;
  /** More lines of its control file. */
  readonly control?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly postinst?: string;
}

/** A package repository in a folder, of real packages; nothing of it is signed. */
export const writeRepository = async (folder: string, packages: readonly TestPackage[]): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entries: string[] = [];
  for (const { name, version = '1.0', control = [], files = {}, postinst } of packages) {
    const root = join(folder, 'build', name);
    const put = (path: string, text: string, mode: number): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
      chmodSync(join(root, path), mode);
    };
    const fields = [`Package: ${name}`, `Version: ${version}`, 'Architecture: all', 'Maintainer: Nobody <n@x.example>'];
    const text = [...fields, ...control, `Description: ${name}`].join('\n');
    put('DEBIAN/control', `${text}\n`, 0o644);
    if (postinst !== undefined) put('DEBIAN/postinst', postinst, 0o755);
    for (const [path, content] of Object.entries(files)) put(path, content, path.includes('bin/') ? 0o755 : 0o644);
    const file = `${name}_${version}_all.deb`;
    await execa('dpkg-deb', ['--build', '--root-owner-group', root, join(folder, file)]);
    const archive = readFileSync(join(folder, file));
    const hash = createHash('sha256').update(archive).digest('hex');
    entries.push(`${text}\nFilename: ./${file}\nSize: ${archive.length}\nSHA256: ${hash}\n`);
  }
  writeFileSync(join(folder, 'Packages'), entries.join('\n'));
};

/** apt with this repository as its only source. */
export const aptOf = (repository: string): RunApt => {
  const list = `${repository}.list`;
  writeFileSync(list, `deb [trusted=yes] file:${repository} ./\n`);
  const run = createRunApt(new AbortController().signal);
  const source = ['-o', `Dir::Etc::sourcelist=${list}`, '-o', 'Dir::Etc::sourceparts=/dev/null'];
  return (tool, args, cwd) => run(tool, tool === 'dpkg-deb' ? args : [...source, ...args], cwd);
};
