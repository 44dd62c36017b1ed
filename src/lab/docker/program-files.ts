import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostFile } from '../driver.ts';
import { hostPrograms } from '../in-host.ts';

/** The built programs (`dist/host`), as files of a host. */
export const readProgramFiles = async (folder: string): Promise<readonly HostFile[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.sort().map(async (path) => ({
      path: `${hostPrograms}/${path.slice(folder.length + 1)}`,
      content: await readFile(path),
      mode: 0o444,
    })),
  );
};
