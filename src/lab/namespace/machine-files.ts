import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { HostFile } from '../driver.ts';
import type { HostLink } from '../host/archive.ts';

/** Files of Debian's packages under /etc that programs in /usr do not work well without; they say nothing of the machine. */
const packageFiles = ['/etc/ld.so.cache', '/etc/services', '/etc/protocols'];

export const readPackageFiles = (): readonly HostFile[] =>
  packageFiles.filter((path) => existsSync(path)).map((path) => ({ path, content: readFileSync(path), mode: 0o644 }));

/** Links under /etc that lead back into /usr: `awk`, `nc` and `pager` are names of this kind. */
export const readPackageLinks = (): readonly HostLink[] => [
  ...readAlternatives(),
  { path: '/etc/os-release', target: '../usr/lib/os-release' },
  { path: '/etc/localtime', target: '/usr/share/zoneinfo/Etc/UTC' },
];

/** The usual names for what /dev cannot hold by itself. */
export const deviceLinks: readonly HostLink[] = [
  { path: '/dev/fd', target: '/proc/self/fd' },
  { path: '/dev/stdin', target: '/proc/self/fd/0' },
  { path: '/dev/stdout', target: '/proc/self/fd/1' },
  { path: '/dev/stderr', target: '/proc/self/fd/2' },
  { path: '/dev/ptmx', target: 'pts/ptmx' },
];

const readAlternatives = (): readonly HostLink[] => {
  const folder = '/etc/alternatives';
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isSymbolicLink())
    .map((path) => ({ path, target: readlinkSync(path) }));
};
