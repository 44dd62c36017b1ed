import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostFile } from '../driver.ts';
import type { HostLink } from '../host/archive.ts';
import type { SoftwareLayer } from '../software-layer.ts';

/** What a host is born with beyond a shared, read-only `/usr`. */
export interface Born {
  readonly files: readonly HostFile[];
  readonly links: readonly HostLink[];
  readonly folders: readonly string[];
}

/** The part of a layer that hosts may write: settings below /etc, folders below /var. */
export const readBorn = async (layer: SoftwareLayer | null): Promise<Born> => {
  const files: HostFile[] = [];
  const links: HostLink[] = [];
  const folders: string[] = [];
  const walk = async (folder: string, path: string): Promise<void> => {
    for (const { name } of await readdir(folder, { withFileTypes: true })) {
      const [from, to] = [join(folder, name), `${path}/${name}`];
      const stats = await lstat(from);
      if (stats.isDirectory()) {
        folders.push(to);
        await walk(from, to);
      } else if (stats.isSymbolicLink()) links.push({ path: to, target: await readlink(from) });
      else files.push({ path: to, content: await readFile(from), mode: stats.mode & 0o777 });
    }
  };
  if (layer !== null) await walk(join(layer.folder, 'own'), '');
  return { files, links, folders };
};
