import { NotImplemented } from '../../os/not-implemented.ts';
import { writeText } from '../../os/stdio.ts';
import { copyFile, deleteFiles, makeFolders, moveFile, removeFolder, renameFile, typeFiles } from './file-commands.ts';
import { changeFolder, popFolder, pushFolder } from './folder-commands.ts';
import { readLine } from '../../os/ask.ts';
import type { Stdio } from '../../os/stdio.ts';
import { expandPercent } from '../syntax/expand.ts';
import { ArithmeticError, evaluateArithmetic } from './arithmetic.ts';
import { callLabel, shiftArguments } from './batch.ts';
import { runExternal } from './external.ts';
import { listFiles } from './list-files.ts';
import { startProgram } from './start.ts';
import { lookUpIn } from './variables.ts';
import { EndBatch, ExitShell, Goto, type Internal, type Shell } from './shell.ts';

const echo: Internal = (tail, _shell, { output }) => {
  const text = tail.slice(1);
  if (tail.trim() === '')
    writeText(output, 'ECHO is on.\r\n'.replace('ECHO is on.', /^[.:/\\+([]/.test(tail) ? '' : 'ECHO is on.'));
  else if (!/^\s*(on|off)\s*$/i.test(tail)) writeText(output, `${text}\r\n`);
  return null;
};

const exit: Internal = (tail, shell) => {
  const code = tail.replace(/^\s*\/b\b/i, '').trim();
  const level = code === '' ? shell.errorLevel : Number.parseInt(code, 10) || 0;
  if (shell.batch !== null && /^\s*\/b\b/i.test(tail)) throw new EndBatch(level);
  throw new ExitShell(level);
};

const assign = (text: string): { readonly name: string; readonly value: string } | null => {
  // Quotes around name and value together are not part of either.
  const trimmed = text.trimStart();
  const inner = trimmed.startsWith('"') ? trimmed.slice(1).replace(/"[^"]*$/, '') : trimmed;
  const equals = inner.indexOf('=');
  return equals <= 0 ? null : { name: inner.slice(0, equals), value: inner.slice(equals + 1) };
};

const calculate = (text: string, shell: Shell, { output, error }: Pick<Stdio, 'output' | 'error'>): number => {
  try {
    const value = evaluateArithmetic(text, {
      get: (name) => lookUpIn(shell)(name),
      set: (name, value) => shell.environment.set(name, value),
    });
    // At the command line the value is shown; a batch file is silent.
    if (shell.batch === null) writeText(output, String(value));
    return 0;
  } catch (failure) {
    if (!(failure instanceof ArithmeticError)) throw failure;
    writeText(error, `${failure.message}\r\n`);
    return 1_073_750_988;
  }
};

/** `set /p NAME=question` reads a line; without one, the variable stays as it is. */
const askFor = (text: string, shell: Shell, { input, output }: Pick<Stdio, 'input' | 'output'>): number => {
  const assignment = assign(text);
  if (assignment === null) return 1;
  writeText(output, assignment.value.replaceAll('"', ''));
  const line = readLine(input);
  if (line === null || line === '') return 1;
  shell.environment.set(assignment.name, line);
  return 0;
};

const set: Internal = (tail, shell, { input, output, error }) => {
  if (/^\s*\/a\b/i.test(tail)) return calculate(tail.replace(/^\s*\/a/i, ''), shell, { output, error });
  if (/^\s*\/p\b/i.test(tail)) return askFor(tail.replace(/^\s*\/p/i, ''), shell, { input, output });
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

export const versionText = 'Microsoft Windows [Version 10.0.19045.4529]';

const version: Internal = (_tail, _shell, { output }) => {
  writeText(output, `\r\n${versionText}\r\n`);
  return 0;
};

const nothing: Internal = () => 0;

const call: Internal = async (tail, shell, stdio) => {
  // `call` expands variables once more.
  const command = expandPercent(tail.trim(), lookUpIn(shell));
  if (command.startsWith(':')) {
    const [label = ''] = command.slice(1).split(/\s/, 1);
    await callLabel(label, command.slice(1 + label.length), shell, stdio);
    return shell.errorLevel;
  }
  const name = /^[^\s,;=/\\.:+"()<>|&[\]]+/.exec(command)?.[0].toLowerCase() ?? '';
  const internal = Object.hasOwn(internals, name) ? internals[name] : undefined;
  if (internal !== undefined) return internal(command.slice(name.length), shell, stdio, name);
  await runExternal(command, shell, stdio, true);
  return shell.errorLevel;
};

const goto: Internal = (tail, shell) => {
  if (shell.batch === null) return null;
  throw new Goto(/^\s*(:?[^\s:+]+)/.exec(tail)?.[1] ?? '');
};

const setLocal: Internal = (tail, shell) => {
  if (shell.batch === null) return 0;
  shell.saved.push(shell.environment.copy());
  if (/enabledelayedexpansion/i.test(tail)) shell.delayedExpansion = true;
  if (/disabledelayedexpansion/i.test(tail)) shell.delayedExpansion = false;
  return 0;
};

const endLocal: Internal = (_tail, shell) => {
  const before = shell.saved.pop();
  if (before !== undefined) shell.environment = before;
  return 0;
};

const pause: Internal = (_tail, _shell, { input, output }) => {
  writeText(output, 'Press any key to continue . . . ');
  readLine(input);
  writeText(output, '\r\n');
  return null;
};

const path: Internal = (tail, shell, { output }) => {
  if (tail.trim() === '') writeText(output, `PATH=${shell.environment.get('PATH') ?? ''}\r\n`);
  else shell.environment.set('Path', tail.trim().replace(/^=/, ''));
  return 0;
};

const shift: Internal = (_tail, shell) => {
  shiftArguments(shell);
  return null;
};

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
  call,
  date: notYet,
  dir: listFiles,
  endlocal: endLocal,
  ftype: notYet,
  goto,
  mklink: notYet,
  path,
  pause,
  prompt: nothing,
  setlocal: setLocal,
  shift,
  start: startProgram,
  time: notYet,
  verify: notYet,
  vol: notYet,
};

/** Those that fail loudly. */
export const missingInternals: readonly string[] = Object.keys(internals).filter((name) => internals[name] === notYet);
