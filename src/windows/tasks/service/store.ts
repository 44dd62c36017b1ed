import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Task files, one a task, named as the task and without an extension: `C:\Windows\System32\Tasks\WindowsNetworkHealth`. */
export interface TaskStore {
  /** Of the host. */
  fileOf(path: string): string;
  save(path: string, xml: string): void;
  remove(path: string): void;
}

/** In UTF-16LE with a byte order mark, as the service writes them. */
const encode = (xml: string): Buffer => Buffer.from(`\uFEFF${xml}`, 'utf16le');

export const createTaskStore = (drive: string): TaskStore => {
  const folder = `${drive}/Windows/System32/Tasks`;
  const fileOf = (path: string): string => `${folder}${path.replaceAll('\\', '/')}`;
  return {
    fileOf,
    save: (path, xml) => {
      mkdirSync(dirname(fileOf(path)), { recursive: true });
      writeFileSync(fileOf(path), encode(xml));
    },
    remove: (path) => rmSync(fileOf(path), { force: true }),
  };
};
