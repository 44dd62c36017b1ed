import { mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { registryFile } from '../../model/in-host.ts';
import type { Key } from './hive.ts';
import { hiveRoot, type HiveName } from './path.ts';
import { readHive, renderHive } from './reg-text.ts';

const wait = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** A hive as its file has it; without a file it is empty. */
export const loadHive = (hive: HiveName, drive: string, user: string): Key => {
  let text = '';
  try {
    text = readFileSync(registryFile(hive, drive, user), 'utf8');
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  return readHive(text, hiveRoot(hive));
};

const patienceMilliseconds = 5000;

/** One writer at a time: the folder is the lock. Its holder changes the hive within milliseconds. */
const locked = <T>(file: string, act: () => T): T => {
  const lock = `${file}.LOG1`;
  mkdirSync(dirname(file), { recursive: true });
  for (let waited = 0; ; waited += 5) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (!isCode(error, 'EEXIST') || waited >= patienceMilliseconds) throw error;
      wait(5);
    }
  }
  try {
    return act();
  } finally {
    rmdirSync(lock);
  }
};

/** Changes a hive: what `change` does to it is on disk when this returns. Readers see the old file or the new one. */
export const changeHive = <T>(hive: HiveName, drive: string, user: string, change: (root: Key) => T): T => {
  const file = registryFile(hive, drive, user);
  return locked(file, () => {
    const root = loadHive(hive, drive, user);
    const before = renderHive(root);
    const result = change(root);
    const after = renderHive(root);
    if (after !== before) {
      writeFileSync(`${file}.LOG2`, after);
      renameSync(`${file}.LOG2`, file);
    }
    return result;
  });
};
