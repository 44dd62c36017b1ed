import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder that people write in: the nearest one upward with scenarios, else the content that comes with the program. */
export const findProject = (cwd: string, programRoot: string): string => {
  for (let folder = resolve(cwd); ;) {
    if (existsSync(join(folder, 'scenarios'))) return folder;
    const parent = resolve(folder, '..');
    if (parent === folder) return programRoot;
    folder = parent;
  }
};
