import { readdirSync, statSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import type { WindowsPath } from '../../os/windows-path.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import type { Stdio } from '../../os/stdio.ts';
import type { For } from '../syntax/ast.ts';
import { runNode } from './execute.ts';
import { linesOf, readLineOptions, splitLine } from './for-file.ts';
import { matchFiles } from './match-files.ts';
import type { Shell } from './shell.ts';
import { expandLoops } from './variables.ts';

const words = (set: string): string[] => set.match(/"[^"]*"|[^\s,;=]+/g) ?? [];

const counted = (set: string): string[] => {
  const [start = 0, step = 1, end = 0] = words(set).map(Number);
  if (step === 0) throw new NotImplemented('for /l with a step of 0, which never ends');
  const values: string[] = [];
  for (let value = start; step > 0 ? value <= end : value >= end; value += step) values.push(String(value));
  return values;
};

const isFolder = (path: string, { folder, drive }: Shell): boolean => {
  const found = findPath(path, folder, drive);
  return found !== null && statSync(found.host, { throwIfNoEntry: false })?.isDirectory() === true;
};

/** A word stands for itself, a mask for the files it names. */
const filesOf = (text: string, shell: Shell): string[] =>
  words(text).flatMap((word) =>
    /[*?]/.test(word) ? matchFiles(word.replaceAll('"', ''), shell).filter((path) => !isFolder(path, shell)) : [word],
  );

const foldersOf = (text: string, shell: Shell): string[] =>
  words(text).flatMap((word) =>
    /[*?]/.test(word) ? matchFiles(word.replaceAll('"', ''), shell).filter((path) => isFolder(path, shell)) : [word],
  );

/** Folders at and below one, each before those in it. */
const treeOf = (folder: WindowsPath): string[] => [
  folder.windows,
  ...readdirSync(folder.host, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((name) =>
      treeOf({ host: `${folder.host}/${name}`, windows: `${folder.windows.replace(/\\$/, '')}\\${name}` }),
    ),
];

const belowOf = (options: string, text: string, shell: Shell): string[] => {
  const root = findPath(options.replaceAll('"', '').trim() || '.', shell.folder, shell.drive);
  if (root === null || statSync(root.host, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return treeOf(root).flatMap((folder) =>
    words(text).flatMap((word) => {
      const name = word.replaceAll('"', '');
      const path = `${folder.replace(/\\$/, '')}\\${name}`;
      return /[*?]/.test(name) ? matchFiles(path, shell).filter((found) => !isFolder(found, shell)) : [path];
    }),
  );
};

/** What the loop's letter is each time, and the letters behind it: `for /f` fills several. */
const valuesOf = async ({ form, set, options }: For, shell: Shell, stdio: Stdio): Promise<string[][]> => {
  const text = expandLoops(set, shell);
  const single = (values: readonly string[]): string[][] => values.map((value) => [value]);
  switch (form) {
    case '':
      return single(filesOf(text, shell));
    case 'l':
      return single(counted(text));
    case 'd':
      return single(foldersOf(text, shell));
    case 'r':
      return single(belowOf(expandLoops(options, shell), text, shell));
    case 'f': {
      const how = readLineOptions(options);
      const lines = await linesOf(text, how, shell, stdio);
      return lines.map((line) => splitLine(line, how)).filter((values) => values !== null);
    }
  }
};

export const runFor = async (node: For, shell: Shell, stdio: Stdio): Promise<void> => {
  const outer = new Map(shell.loops);
  try {
    for (const values of await valuesOf(node, shell, stdio)) {
      for (const [index, value] of values.entries())
        shell.loops.set(String.fromCharCode(node.variable.charCodeAt(0) + index), value);
      await runNode(node.body, shell, stdio);
    }
  } finally {
    shell.loops.clear();
    for (const [name, value] of outer) shell.loops.set(name, value);
  }
};
