import { readFile, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { HarnessError } from '../model/harness-error.ts';
import type { SourceFile } from '../util/source-file.ts';

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Every file below a folder of the project whose path below it passes `wanted`, sorted; none when there is no such folder. */
export const readFiles = async (
  root: string,
  folder: string,
  wanted: (path: string) => boolean,
): Promise<readonly SourceFile[]> => {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      if (hasCode(error, 'ENOENT')) return [];
      throw new HarnessError(`cannot read ${folder}`, { code: 'content/unreadable-folder', cause: error });
    },
  );
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(root, folder).length + 1)
        .split(sep)
        .join('/'),
    )
    .filter(wanted)
    .sort();
  return Promise.all(paths.map((path) => readOne(root, `${folder}/${path}`)));
};

export const readOne = async (root: string, file: string): Promise<SourceFile> => ({
  file,
  text: await readFile(join(root, file), 'utf8').catch((error: unknown) => {
    throw new HarnessError(`cannot read ${file}`, { code: 'content/unreadable-file', cause: error });
  }),
});
