import { posix } from 'node:path';
import { pack, type Pack } from 'tar-stream';
import type { HostFile } from '../driver.ts';

export interface HostLink {
  readonly path: string;
  readonly target: string;
}

/**
 * A tar archive of files for a new host, parents first. It is unpacked inside the host, whose root it cannot leave; a path
 * that tries is a bug of the caller.
 */
export const createArchive = async (
  files: readonly HostFile[],
  links: readonly HostLink[],
  folders: readonly string[] = [],
): Promise<Buffer> => {
  const archive = pack();
  const done = new Set<string>();
  for (const folder of folders) addFolder(archive, checked(folder), done);
  for (const { path } of [...files, ...links]) addFolder(archive, posix.dirname(checked(path)), done);
  for (const { path, target } of links) {
    archive.entry({ name: checked(path).slice(1), type: 'symlink', linkname: target, mode: 0o777 });
  }
  for (const { path, content, mode } of files) {
    archive.entry({ name: checked(path).slice(1), mode }, Buffer.from(content));
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Folders that are there before any file is, with modes of their own. */
const existing = new Set([
  '/',
  '/dev',
  '/etc',
  '/home',
  '/proc',
  '/root',
  '/run',
  '/sys',
  '/tmp',
  '/usr',
  '/var',
  '/var/tmp',
]);

const addFolder = (archive: Pack, folder: string, done: Set<string>): void => {
  if (existing.has(folder) || done.has(folder)) return;
  addFolder(archive, posix.dirname(folder), done);
  done.add(folder);
  archive.entry({ name: `${folder.slice(1)}/`, type: 'directory', mode: 0o755 });
};

const checked = (path: string): string => {
  if (!path.startsWith('/') || posix.normalize(path) !== path) throw new Error(`not an absolute, normal path: ${path}`);
  return path;
};
