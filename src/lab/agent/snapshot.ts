import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { harnessFolder } from '../in-host.ts';
import { readPlainFile } from './files.ts';
import { parseListening } from './listening.ts';
import { commandLineOf, listProcesses } from './processes.ts';
import type { SnapshotOutput } from './protocol.ts';
import { kindOfFile, parseAccounts, parseRegistry } from './state-files.ts';

/** The kernel's folders, the machine's read-only programs, and ours: nothing a test leaves behind can be there. */
const passedOver = new Set(['/proc', '/sys', '/dev/pts', '/usr', harnessFolder]);

const hashedBytes = 1024 * 1024;
const textBytes = 16 * 1024 * 1024;

/** Everything that exists now. A file's content counts, its times do not: rewriting the same is no residue. */
export const takeSnapshot = (): SnapshotOutput => ({
  processes: listProcesses()
    .filter((entry) => !entry.zombie && entry.pid !== 1 && entry.pid !== process.pid)
    .map((entry) => `${entry.pid} ${commandLineOf(entry.pid)}`)
    .sort(),
  ...sortFiles(listFiles('/')),
  users: parseAccounts(readText('/etc/passwd'), readText('/etc/group')),
  listening: ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) => parseListening(table, readTable(table))).sort(),
});

/** A registry's file says what is in it; every other file is itself what was left. */
const sortFiles = (lines: readonly string[]): Pick<SnapshotOutput, 'files' | 'tasks' | 'registry'> => {
  const kinds = Map.groupBy(lines, (line) => kindOfFile(pathOf(line)));
  const registry = (kinds.get('registry') ?? []).flatMap((line) => parseRegistry(readText(pathOf(line))));
  return {
    files: (kinds.get('file') ?? []).sort(),
    tasks: (kinds.get('task') ?? []).sort(),
    registry: registry.sort(),
  };
};

/** What follows the path begins with its kind. */
const pathOf = (line: string): string => line.replace(/ (?:file|folder|special|link to) .*$/s, '');

/** Empty for what is no plain file, or too large to be one of these. */
const readText = (path: string): string => {
  try {
    return readPlainFile(path, textBytes).toString('utf8');
  } catch {
    return '';
  }
};

const readTable = (table: string): string => {
  try {
    return readFileSync(`/proc/net/${table}`, 'latin1');
  } catch {
    // A kernel without IPv6 has no such table.
    return '';
  }
};

const listFiles = (folder: string): string[] =>
  namesIn(folder).flatMap((name) => {
    const path = folder === '/' ? `/${name}` : `${folder}/${name}`;
    if (passedOver.has(path)) return [];
    const description = describeIfThere(path);
    if (description === null) return [];
    const line = `${path} ${description}`;
    return description.startsWith('folder') ? [line, ...listFiles(path)] : [line];
  });

/** Nothing, for a folder that is gone since it was listed, or too deep to be named. */
const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

const describeIfThere = (path: string): string | null => {
  try {
    return describe(path, lstatSync(path));
  } catch {
    return null;
  }
};

const describe = (path: string, stats: Stats): string => {
  const mode = (stats.mode & 0o7777).toString(8).padStart(4, '0');
  if (stats.isDirectory()) return `folder ${mode}`;
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (!stats.isFile()) return `special ${mode}`;
  const content =
    stats.size <= hashedBytes
      ? createHash('sha256').update(readPlainFile(path, hashedBytes)).digest('hex').slice(0, 16)
      : `modified ${stats.mtimeMs}`;
  return `file ${mode} ${stats.size} ${content}`;
};
