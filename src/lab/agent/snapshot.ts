import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { harnessFolder } from '../in-host.ts';
import { parseListening } from './listening.ts';
import { commandLineOf, listProcesses } from './processes.ts';
import type { SnapshotOutput } from './protocol.ts';

/** The kernel's folders, the machine's read-only programs, and ours: nothing a test leaves behind can be there. */
const passedOver = new Set(['/proc', '/sys', '/dev/pts', '/usr', harnessFolder]);

const hashedBytes = 1024 * 1024;

/** Everything that exists now. A file's content counts, its times do not: rewriting the same is no residue. */
export const takeSnapshot = (): SnapshotOutput => ({
  processes: listProcesses()
    .filter((entry) => !entry.zombie && entry.pid !== 1 && entry.pid !== process.pid)
    .map((entry) => `${entry.pid} ${commandLineOf(entry.pid)}`)
    .sort(),
  files: listFiles('/').sort(),
  listening: ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) => parseListening(table, readTable(table))).sort(),
});

const readTable = (table: string): string => {
  try {
    return readFileSync(`/proc/net/${table}`, 'latin1');
  } catch {
    // A kernel without IPv6 has no such table.
    return '';
  }
};

const listFiles = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = folder === '/' ? `/${name}` : `${folder}/${name}`;
    if (passedOver.has(path)) return [];
    try {
      const stats = lstatSync(path);
      const line = `${path} ${describe(path, stats)}`;
      return stats.isDirectory() ? [line, ...listFiles(path)] : [line];
    } catch {
      // Gone since it was listed.
      return [];
    }
  });

const describe = (path: string, stats: Stats): string => {
  const mode = (stats.mode & 0o7777).toString(8).padStart(4, '0');
  if (stats.isDirectory()) return `folder ${mode}`;
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (!stats.isFile()) return `special ${mode}`;
  const content =
    stats.size <= hashedBytes
      ? createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16)
      : `modified ${stats.mtimeMs}`;
  return `file ${mode} ${stats.size} ${content}`;
};
