import { readdirSync } from 'node:fs';
import { driveRoot } from '../../model/in-host.ts';
import { matchFiles } from '../cmd/run/match-files.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { findPath } from '../os/find-file.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { toWindowsPath } from '../os/windows-path.ts';

const below = (folder: string, mask: string): string[] => {
  const found = findPath(folder, 'C:\\', driveRoot);
  const inner =
    found === null ? [] : readdirSync(found.host, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [
    ...matchFiles(`${folder}\\${mask}`, { folder, drive: driveRoot }),
    ...inner.flatMap(({ name }) => below(`${folder}\\${name}`, mask)),
  ];
};

/** where.exe: files of a name in the current folder and on the path, or below a folder with `/r`. */
void runProgram('where.exe', (args) => {
  const environment = new WindowsEnvironment(process.env);
  const recursive = args[0]?.toLowerCase() === '/r';
  const quiet = args.some((arg) => arg.toLowerCase() === '/q');
  const masks = args.slice(recursive ? 2 : 0).filter((arg) => !/^\/q$/i.test(arg));
  if (masks.some((mask) => /^\/|[$:]/.test(mask))) throw new NotImplemented(`where ${args.join(' ')}`);
  const folders = [
    toWindowsPath(process.cwd()) ?? 'C:\\',
    ...(environment.get('PATH') ?? '').split(';').filter(Boolean),
  ];
  const extensions = ['', ...(environment.get('PATHEXT') ?? '').split(';')];
  const found = recursive
    ? masks.flatMap((mask) => below((args[1] ?? '.').replace(/\\$/, ''), mask))
    : masks.flatMap((mask) =>
        folders.flatMap((folder) =>
          extensions.flatMap((extension) =>
            matchFiles(`${folder.replace(/\\$/, '')}\\${mask}${extension}`, { folder, drive: driveRoot }),
          ),
        ),
      );
  const names = [...new Set(found)];
  if (names.length === 0) {
    if (!quiet) writeText(2, 'INFO: Could not find files for the given pattern(s).\r\n');
    return Promise.resolve(1);
  }
  if (!quiet) writeText(1, names.map((name) => `${name}\r\n`).join(''));
  return Promise.resolve(0);
});
