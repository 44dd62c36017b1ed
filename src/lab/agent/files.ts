import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Largest file that is handed out; a test may name a file of any size. */
const getLimit = 64 * 1024 * 1024;

/**
 * Writes a new file in the place of whatever is there. Never through it: a test may have put a link there that leads to what
 * only the agent may write.
 */
export const putFile = ({ path, mode, base64 }: { path: string; mode: number; base64: string }): null => {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  writeFileSync(path, Buffer.from(base64, 'base64'), { flag: 'wx' });
  // Whatever the umask.
  chmodSync(path, mode);
  return null;
};

export const getFile = ({ path }: { path: string }): { readonly base64: string } => ({
  base64: readPlainFile(path, getLimit).toString('base64'),
});

/** Reads a file that is one: neither a link, which may lead to what only the agent may read, nor a pipe, which may block it. */
export const readPlainFile = (path: string, limit: number): Buffer => {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error(`${path} is not a plain file`);
    if (stats.size > limit) throw new Error(`${path} has ${stats.size} bytes, more than ${limit}`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
};
