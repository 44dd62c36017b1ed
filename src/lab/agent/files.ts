import { chmodSync, mkdirSync, openSync, closeSync, fstatSync, readFileSync, writeFileSync, constants } from 'node:fs';
import { dirname } from 'node:path';

/** Largest file that is handed out; a test may name a file of any size. */
const getLimit = 64 * 1024 * 1024;

export const putFile = ({ path, mode, base64 }: { path: string; mode: number; base64: string }): null => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(base64, 'base64'));
  // The mode of an existing file, and of one under a umask, is not what was asked for.
  chmodSync(path, mode);
  return null;
};

export const getFile = ({ path }: { path: string }): { readonly base64: string } => {
  // A pipe that a test put in the file's place must not block the agent.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error(`${path} is not a plain file`);
    if (stats.size > getLimit) throw new Error(`${path} has ${stats.size} bytes, more than ${getLimit}`);
    return { base64: readFileSync(file).toString('base64') };
  } finally {
    closeSync(file);
  }
};
