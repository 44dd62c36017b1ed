import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { HarnessError } from '../model/harness-error.ts';
import type { SourceFile } from '../util/source-file.ts';

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Paths of all files below a folder, relative to it, with forward slashes, sorted; none when there is no such folder. */
export const listFiles = async (root: string, folder: string): Promise<readonly string[]> => {
  const start = join(root, folder);
  const entries = await readdir(start, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw new HarnessError(`cannot read ${folder}`, { code: 'content/unreadable-folder', cause: error });
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(start, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.startsWith('.git/'))
    .sort();
};

/** Every file below a folder of the project whose path below it passes `wanted`, sorted. */
export const readFiles = async (
  root: string,
  folder: string,
  wanted: (path: string) => boolean,
): Promise<readonly SourceFile[]> => {
  const paths = (await listFiles(root, folder)).filter(wanted);
  return Promise.all(paths.map((path) => readOne(root, `${folder}/${path}`)));
};

export const readOne = async (root: string, file: string): Promise<SourceFile> => ({
  file,
  text: await readFile(join(root, file), 'utf8').catch((error: unknown) => {
    throw new HarnessError(`cannot read ${file}`, { code: 'content/unreadable-file', cause: error });
  }),
});
