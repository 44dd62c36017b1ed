import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { recordingLayout } from '../../recording/layout.ts';

export interface LogFile {
  /** As it is shown: what was given, and what lies below. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMillis: number;
  /** Why it cannot be read at all; null when it can. */
  readonly unreadable: string | null;
}

/**
 * The files below the paths, in the order of their names. Of one of our recordings only the events, which its raw evidence has become.
 * `folder` is where relative paths begin. Throws HarnessError `logs/no-such-path`.
 */
export const findLogFiles = async (paths: readonly string[], folder = ''): Promise<readonly LogFile[]> => {
  const files = new Map<string, LogFile>();
  for (const name of paths) {
    for (const file of await filesBelow(name, resolve(folder, name))) files.set(file.path, file);
  }
  return [...files.values()];
};

const filesBelow = async (name: string, path: string): Promise<readonly LogFile[]> => {
  const found = await statOf(path);
  if (found === null) {
    throw new HarnessError(`there is no ${name}`, {
      code: 'logs/no-such-path',
      exitCode: exitCode.usage,
      hint: 'Name files or folders with logs.',
    });
  }
  if (!found.isDirectory()) return [await fileAt(name, path, found)];
  const folder = (await isRecording(path)) ? recordingLayout(path).events : path;
  const shown = join(name, relative(path, folder));
  const names = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: LogFile[] = [];
  for (const entry of names) {
    const below = join(folder, entry.name);
    // A link to a folder could lead back up.
    const target = entry.isSymbolicLink() ? await statOf(below) : null;
    const belowName = join(shown, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(belowName, below)));
    else if (target?.isDirectory() !== true)
      files.push(await fileAt(belowName, below, target ?? (await statOf(below))));
  }
  return files;
};

type Stat = Awaited<ReturnType<typeof stat>>;

const statOf = async (path: string): Promise<Stat | null> => {
  try {
    return await stat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR') return null;
    throw error;
  }
};

const fileAt = async (name: string, path: string, found: Stat | null): Promise<LogFile> => ({
  name,
  path,
  bytes: Number(found?.size ?? 0),
  modifiedMillis: Number(found?.mtimeMs ?? 0),
  unreadable: found === null ? 'a link that leads nowhere' : found.isFile() ? await denial(path) : 'no ordinary file',
});

const denial = async (path: string): Promise<string | null> => {
  try {
    await access(path, constants.R_OK);
    return null;
  } catch (error) {
    return `it cannot be opened: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`;
  }
};

const isRecording = async (folder: string): Promise<boolean> => {
  const { manifest, events } = recordingLayout(folder);
  return (await statOf(manifest)) !== null && (await statOf(events))?.isDirectory() === true;
};
