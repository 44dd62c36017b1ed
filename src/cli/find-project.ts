import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { settingsFile } from '../api/settings/settings-file.ts';

/** The folder that people write in: the nearest one upward with scenarios or a tocsin.yaml, else the content that comes with the program. */
export const findProject = (cwd: string, programRoot: string): string => {
  for (let folder = resolve(cwd); ;) {
    if (['scenarios', settingsFile].some((name) => existsSync(join(folder, name)))) return folder;
    const parent = resolve(folder, '..');
    if (parent === folder) return programRoot;
    folder = parent;
  }
};
