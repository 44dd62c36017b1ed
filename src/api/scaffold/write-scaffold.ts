import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { ScaffoldFile } from './scaffold.ts';

export interface Written {
  readonly created: readonly string[];
  /** Shared files that were there, and were left as they are. */
  readonly kept: readonly string[];
}

/** Writes all files, or none: throws `init/exists` when one of the drill's own is there already. Nothing is ever overwritten. */
export const writeScaffold = async (folder: string, files: readonly ScaffoldFile[]): Promise<Written> => {
  const isThere = ({ path }: ScaffoldFile): boolean => existsSync(join(folder, path));
  const taken = files.filter((file) => !file.shared && isThere(file));
  if (taken.length > 0) {
    throw new HarnessError(`there is already ${taken.map(({ path }) => path).join(', ')}; nothing was written`, {
      code: 'init/exists',
      exitCode: exitCode.usage,
      hint: 'name another folder, or another technique with --technique',
    });
  }
  const kept = files.filter(isThere);
  const created = files.filter((file) => !kept.includes(file));
  for (const { path, content } of created) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { flag: 'wx' });
  }
  return { created: created.map(({ path }) => path), kept: kept.map(({ path }) => path) };
};
