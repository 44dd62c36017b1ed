import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRunning } from '../namespace/machine-process.ts';
import { ownIdentity } from '../namespace/state-folder.ts';

/** A folder that users of a lab can walk into, whatever the caller's umask is. */
export const makeOpenFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
};

const staging = '.new-';

let made = 0;

/**
 * Makes a folder that is there whole or not at all, whoever else makes the same at the same time: `fill` works in another one,
 * which then gets the name. When somebody was faster, theirs is as good.
 */
export const makeFolder = async (folder: string, fill: (staged: string) => Promise<void>): Promise<void> => {
  const { pid, start } = ownIdentity();
  made += 1;
  const staged = join(dirname(folder), `${staging}${pid}.${start}.${made}`);
  await makeOpenFolder(staged);
  try {
    await fill(staged);
    await rename(staged, folder);
  } catch (error) {
    if (!isTaken(error)) throw error;
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
};

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');

/** Names of whole folders, sorted; what a killed process left unfinished is removed. */
export const listWhole = async (parent: string): Promise<readonly string[]> => {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((entry) => entry.startsWith(staging))) {
    const [pid = NaN, start = NaN] = basename(name).slice(staging.length).split('.').map(Number);
    if (!isRunning({ pid, start })) await rm(join(parent, name), { recursive: true, force: true });
  }
  return names.filter((name) => !name.startsWith('.')).sort();
};
