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

const readAlternatives = (): readonly HostLink[] => {
  const folder = '/etc/alternatives';
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isSymbolicLink())
    .map((path) => ({ path, target: readlinkSync(path) }));
};
