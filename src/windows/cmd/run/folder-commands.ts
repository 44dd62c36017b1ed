import { statSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import { writeText, type Stdio } from '../../os/stdio.ts';
import type { Internal, Shell } from './shell.ts';

const enter = (path: string, shell: Shell, { error }: Stdio): number => {
  const found = findPath(path, shell.folder, shell.drive);
  if (found === null || statSync(found.host, { throwIfNoEntry: false })?.isDirectory() !== true) {
    writeText(error, 'The system cannot find the path specified.\r\n');
    return 1;
  }
  shell.folder = found.windows;
  return 0;
};

const argument = (tail: string): string =>
  tail
    .replace(/^\s*\/d\s/i, '')
    .trim()
    .replaceAll('"', '');

export const changeFolder: Internal = (tail, shell, stdio) => {
  const path = argument(tail);
  if (path !== '') return enter(path, shell, stdio);
  writeText(stdio.output, `${shell.folder}\r\n`);
  return null;
};

export const pushFolder: Internal = (tail, shell, stdio) => {
  const before = shell.folder;
  const level = argument(tail) === '' ? 0 : enter(argument(tail), shell, stdio);
  if (level === 0) shell.folderStack.push(before);
  return level;
};

export const popFolder: Internal = (_tail, shell) => {
  const before = shell.folderStack.pop();
  if (before === undefined) return 1;
  shell.folder = before;
  return 0;
};
