import { NotImplemented } from '../../os/not-implemented.ts';
import { writeText } from '../../os/stdio.ts';
import { copyFile, deleteFiles, makeFolders, moveFile, removeFolder, renameFile, typeFiles } from './file-commands.ts';
import { changeFolder, popFolder, pushFolder } from './folder-commands.ts';
import { ExitShell, type Internal } from './shell.ts';

const echo: Internal = (tail, _shell, { output }) => {
  const text = tail.slice(1);
  if (tail.trim() === '')
    writeText(output, 'ECHO is on.\r\n'.replace('ECHO is on.', /^[.:/\\+([]/.test(tail) ? '' : 'ECHO is on.'));
  else if (!/^\s*(on|off)\s*$/i.test(tail)) writeText(output, `${text}\r\n`);
  return null;
};

const exit: Internal = (tail, shell) => {
  const code = tail.replace(/^\s*\/b\b/i, '').trim();
  throw new ExitShell(code === '' ? shell.errorLevel : Number.parseInt(code, 10) || 0);
};

const assign = (text: string): { readonly name: string; readonly value: string } | null => {
  // Quotes around name and value together are not part of either.
  const trimmed = text.trimStart();
  const inner = trimmed.startsWith('"') ? trimmed.slice(1).replace(/"[^"]*$/, '') : trimmed;
  const equals = inner.indexOf('=');
  return equals <= 0 ? null : { name: inner.slice(0, equals), value: inner.slice(equals + 1) };
};

const set: Internal = (tail, shell, { output, error }) => {
  if (/^\s*\/[ap]\b/i.test(tail)) throw new NotImplemented(`set ${tail.trim().slice(0, 2)}`);
  const assignment = assign(tail);
  if (assignment !== null) {
    shell.environment.set(assignment.name, assignment.value);
    return 0;
  }
  const prefix = tail.trim().toUpperCase();
  const found = shell.environment.visible().filter(([name]) => name.toUpperCase().startsWith(prefix));
  if (found.length === 0) {
    writeText(error, `Environment variable ${tail.trim()} not defined\r\n`);
    return 1;
  }
  writeText(output, found.map(([name, value]) => `${name}=${value}\r\n`).join(''));
  return 0;
};

const version: Internal = (_tail, _shell, { output }) => {
  writeText(output, '\r\nMicrosoft Windows [Version 10.0.19045.4529]\r\n');
  return 0;
};

const nothing: Internal = () => 0;

const notYet: Internal = (_tail, _shell, _stdio, name) => {
  throw new NotImplemented(`the command ${name}`);
};

/** Commands that cmd.exe carries out itself. */
export const internals: Readonly<Record<string, Internal>> = {
  echo,
  exit,
  set,
  ver: version,
  cls: nothing,
  title: nothing,
  color: nothing,
  cd: changeFolder,
  chdir: changeFolder,
  pushd: pushFolder,
  popd: popFolder,
  type: typeFiles,
  del: deleteFiles,
  erase: deleteFiles,
  md: makeFolders,
  mkdir: makeFolders,
  rd: removeFolder,
  rmdir: removeFolder,
  copy: copyFile,
  move: moveFile,
  ren: renameFile,
  rename: renameFile,
  assoc: notYet,
  call: notYet,
  date: notYet,
  dir: notYet,
  endlocal: nothing,
  ftype: notYet,
  goto: notYet,
  mklink: notYet,
  path: notYet,
  pause: notYet,
  prompt: nothing,
  setlocal: nothing,
  shift: notYet,
  start: notYet,
  time: notYet,
  verify: notYet,
  vol: notYet,
};

/** Those that fail loudly. */
export const missingInternals: readonly string[] = Object.keys(internals).filter((name) => internals[name] === notYet);
