import { readdirSync, statSync, type Stats } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { writeText } from '../../os/stdio.ts';
import { leafName, parentFolder, type WindowsPath } from '../../os/windows-path.ts';
import { toPattern } from './match-files.ts';
import type { Internal } from './shell.ts';

const pad = (value: number): string => String(value).padStart(2, '0');

/** `11/20/2026  09:05 AM`. */
const dateText = ({ mtime }: Stats): string => {
  const hour = mtime.getHours();
  const half = hour < 12 ? 'AM' : 'PM';
  return `${pad(mtime.getMonth() + 1)}/${pad(mtime.getDate())}/${mtime.getFullYear()}  ${pad(hour % 12 || 12)}:${pad(mtime.getMinutes())} ${half}`;
};

const counted = (value: number): string => value.toLocaleString('en-US');

interface Entry {
  readonly name: string;
  readonly stats: Stats;
}

const entriesOf = (folder: WindowsPath): Entry[] =>
  readdirSync(folder.host)
    .sort((a, b) => a.localeCompare(b, 'en-US', { sensitivity: 'accent' }))
    .flatMap((name) => {
      const stats = statSync(`${folder.host}/${name}`, { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ name, stats }];
    });

const line = ({ name, stats }: Entry): string =>
  stats.isDirectory()
    ? `${dateText(stats)}    <DIR>          ${name}\r\n`
    : `${dateText(stats)}    ${counted(stats.size).padStart(14)} ${name}\r\n`;

interface Options {
  readonly bare: boolean;
  readonly below: boolean;
  readonly wanted: (entry: Entry) => boolean;
}

const readOptions = (tail: string): { readonly options: Options; readonly words: string[] } => {
  const found = tail.match(/\/[a-z-][^\s/"]*|"[^"]*"|[^\s,;=/"]+(?:\/[^\s"]*)?/gi) ?? [];
  const switches = found.filter((word) => word.startsWith('/')).map((word) => word.slice(1).toLowerCase());
  const unknown = switches.find((name) => !/^([bsnw]|a(:?[dh-]*)?|-c|q)$/.test(name));
  if (unknown !== undefined || switches.includes('w') || switches.includes('q'))
    throw new NotImplemented(`dir /${unknown ?? 'w'}`);
  const attributes = switches.find((name) => name.startsWith('a'))?.replace(/^a:?/, '');
  return {
    options: {
      bare: switches.includes('b'),
      below: switches.includes('s'),
      wanted: ({ stats }) =>
        attributes?.includes('-d') === true
          ? !stats.isDirectory()
          : attributes?.includes('d') !== true || stats.isDirectory(),
    },
    words: found.filter((word) => !word.startsWith('/')).map((word) => word.replaceAll('"', '')),
  };
};

/** `dir`. The drive's free space and serial number are this persona's own. */
export const listFiles: Internal = (tail, shell, { output, error }) => {
  const { options, words } = readOptions(tail);
  const out = (text: string): void => writeText(output, text);
  const totals = { files: 0, bytes: 0 };
  const show = (folder: WindowsPath, pattern: RegExp | null): boolean => {
    const all = entriesOf(folder);
    const found = all.filter((entry) => (pattern === null || pattern.test(entry.name)) && options.wanted(entry));
    const files = found.filter(({ stats }) => !stats.isDirectory());
    const bytes = files.reduce((sum, { stats }) => sum + stats.size, 0);
    if (options.bare) {
      const shown = options.below
        ? (name: string) => `${folder.windows.replace(/\\$/, '')}\\${name}`
        : (name: string) => name;
      out(found.map(({ name }) => `${shown(name)}\r\n`).join(''));
    } else if (found.length > 0 || (pattern === null && !options.below)) {
      out(`\r\n Directory of ${folder.windows}\r\n\r\n${found.map(line).join('')}`);
      out(`${String(files.length).padStart(16)} File(s) ${counted(bytes).padStart(14)} bytes\r\n`);
    }
    totals.files += files.length;
    totals.bytes += bytes;
    let any = found.length > 0;
    if (options.below)
      for (const { name, stats } of all)
        if (stats.isDirectory())
          any =
            show(
              { host: `${folder.host}/${name}`, windows: `${folder.windows.replace(/\\$/, '')}\\${name}` },
              pattern,
            ) || any;
    return any || pattern === null;
  };
  if (!options.bare) out(' Volume in drive C has no label.\r\n Volume Serial Number is 5E1A-7C0F\r\n');
  let level = 0;
  for (const word of words.length === 0 ? ['.'] : words) {
    const path = findPath(word, shell.folder, shell.drive);
    const stats = path === null ? undefined : statSync(path.host, { throwIfNoEntry: false });
    const isFolder = stats?.isDirectory() === true;
    const folder = isFolder || path === null ? path : findPath(parentFolder(path.windows), 'C:\\', shell.drive);
    const exists = folder !== null && statSync(folder.host, { throwIfNoEntry: false })?.isDirectory() === true;
    if (path === null || !exists || !show(folder, isFolder ? null : toPattern(leafName(path.windows)))) {
      writeText(
        error,
        exists || options.bare ? 'File Not Found\r\n' : 'The system cannot find the file specified.\r\n',
      );
      level = 1;
    }
  }
  if (options.below && !options.bare && level === 0)
    out(
      `\r\n     Total Files Listed:\r\n${String(totals.files).padStart(16)} File(s) ${counted(totals.bytes).padStart(14)} bytes\r\n`,
    );
  return level;
};
