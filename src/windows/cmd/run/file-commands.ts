import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { writeText, type Stdio } from '../../os/stdio.ts';
import { leafName, type WindowsPath } from '../../os/windows-path.ts';
import { matchFiles } from './match-files.ts';
import type { Internal, Shell } from './shell.ts';

interface Arguments {
  readonly switches: ReadonlySet<string>;
  readonly words: readonly string[];
}

const readArguments = (tail: string): Arguments => {
  const found = tail.match(/\/[a-z](?::\S*)?(?=[\s/]|$)|(?:"[^"]*"|[^\s,;="])+/gi) ?? [];
  const isSwitch = (word: string): boolean => /^\/[a-z]/i.test(word);
  return {
    switches: new Set(found.filter(isSwitch).map((word) => word.slice(1, 2).toLowerCase())),
    words: found.filter((word) => !isSwitch(word)).map((word) => word.replaceAll('"', '')),
  };
};

const say = (stdio: Stdio, message: string): 1 => {
  writeText(stdio.error, `${message}\r\n`);
  return 1;
};

const badSyntax = (stdio: Stdio): 1 => say(stdio, 'The syntax of the command is incorrect.');
const noFile = (stdio: Stdio): 1 => say(stdio, 'The system cannot find the file specified.');

const isFolder = (path: WindowsPath): boolean => statSync(path.host, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** The files that words name, masks included. */
const filesOf = (words: readonly string[], shell: Shell): WindowsPath[] =>
  words
    .flatMap((word) => (/[*?]/.test(word) ? matchFiles(word, shell) : [word]))
    .map((word) => findPath(word, shell.folder, shell.drive))
    .filter((path) => path !== null)
    .filter((path) => statSync(path.host, { throwIfNoEntry: false })?.isFile() ?? false);

/** What the system refuses is told in Windows' words. */
const attempt = (stdio: Stdio, act: () => void): number => {
  try {
    act();
    return 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return say(stdio, 'The system cannot find the path specified.');
    return say(stdio, code === 'ENOTEMPTY' ? 'The directory is not empty.' : 'Access is denied.');
  }
};

export const typeFiles: Internal = (tail, shell, stdio) => {
  const { words } = readArguments(tail);
  if (words.length === 0) return badSyntax(stdio);
  const files = filesOf(words, shell);
  if (files.length === 0) return noFile(stdio);
  return attempt(stdio, () => files.forEach((file) => writeText(stdio.output, readFileSync(file.host, 'utf8'))));
};

export const deleteFiles: Internal = (tail, shell, stdio) => {
  const { words, switches } = readArguments(tail);
  if (words.length === 0) return badSyntax(stdio);
  if (switches.has('s')) throw new NotImplemented('del /s');
  for (const word of words) {
    const target = findPath(word, shell.folder, shell.drive);
    const files = target !== null && isFolder(target) ? filesOf([`${word}\\*`], shell) : filesOf([word], shell);
    if (files.length === 0) {
      // A file that is not there leaves the error level as it was.
      writeText(stdio.error, `Could Not Find ${target?.windows ?? word}\r\n`);
      continue;
    }
    const level = attempt(stdio, () => files.forEach((file) => unlinkSync(file.host)));
    if (level !== 0) return level;
  }
  return null;
};

export const makeFolders: Internal = (tail, shell, stdio) => {
  const { words } = readArguments(tail);
  if (words.length === 0) return badSyntax(stdio);
  let level = 0;
  for (const word of words) {
    const path = findPath(word, shell.folder, shell.drive);
    if (path === null) level = say(stdio, 'The system cannot find the drive specified.');
    else if (statSync(path.host, { throwIfNoEntry: false }) !== undefined)
      level = say(stdio, `A subdirectory or file ${word} already exists.`);
    else level = attempt(stdio, () => void mkdirSync(path.host, { recursive: true })) || level;
  }
  return level;
};

export const removeFolder: Internal = (tail, shell, stdio) => {
  const { words, switches } = readArguments(tail);
  const path = findPath(words[0] ?? '', shell.folder, shell.drive);
  if (words.length === 0) return badSyntax(stdio);
  if (path === null || statSync(path.host, { throwIfNoEntry: false }) === undefined) return noFile(stdio);
  if (!isFolder(path)) return say(stdio, 'The directory name is invalid.');
  return attempt(stdio, () => (switches.has('s') ? rmSync(path.host, { recursive: true }) : rmdirSync(path.host)));
};

/** Into a folder, a file keeps its name. */
const targetFor = (source: WindowsPath, to: string | undefined, shell: Shell): WindowsPath | null => {
  const target = findPath(to ?? '.', shell.folder, shell.drive);
  return target !== null && isFolder(target)
    ? findPath(`${target.windows}\\${leafName(source.windows)}`, shell.folder, shell.drive)
    : target;
};

export const copyFile: Internal = (tail, shell, stdio) => {
  const { words } = readArguments(tail);
  const [from, to] = words;
  if (from === undefined || words.length > 2) return badSyntax(stdio);
  if (from.includes('+')) throw new NotImplemented('copy of several files into one');
  if (/^nul$/i.test(from) && to !== undefined) {
    const target = findPath(to, shell.folder, shell.drive);
    return target === null ? noFile(stdio) : attempt(stdio, () => writeFileSync(target.host, ''));
  }
  const files = filesOf([from], shell);
  if (files.length === 0) return noFile(stdio);
  const level = attempt(stdio, () => {
    for (const file of files) {
      const target = targetFor(file, to, shell);
      if (target === null) throw Object.assign(new Error('no such drive'), { code: 'ENOENT' });
      copyFileSync(file.host, target.host);
    }
  });
  writeText(stdio.output, `${String(level === 0 ? files.length : 0).padStart(9)} file(s) copied.\r\n`);
  return level;
};

const moveTo = (from: string, to: string | undefined, shell: Shell, stdio: Stdio): { readonly level: number } => {
  const source = findPath(from, shell.folder, shell.drive);
  if (source === null || statSync(source.host, { throwIfNoEntry: false }) === undefined)
    return { level: noFile(stdio) };
  const target = targetFor(source, to, shell);
  return { level: target === null ? noFile(stdio) : attempt(stdio, () => renameSync(source.host, target.host)) };
};

export const moveFile: Internal = (tail, shell, stdio) => {
  const [from, to] = readArguments(tail).words;
  if (from === undefined) return badSyntax(stdio);
  if (/[*?]/.test(from)) throw new NotImplemented('move of several files');
  const { level } = moveTo(from, to, shell, stdio);
  if (level === 0) writeText(stdio.output, `${'1'.padStart(9)} file(s) moved.\r\n`);
  return level;
};

export const renameFile: Internal = (tail, shell, stdio) => {
  const [from, to] = readArguments(tail).words;
  if (from === undefined || to === undefined || /[\\/:]/.test(to)) return badSyntax(stdio);
  const folder = /^.*[\\/]/.exec(from)?.[0] ?? '';
  return moveTo(from, `${folder}${to}`, shell, stdio).level;
};
