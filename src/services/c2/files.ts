import { createHash } from 'node:crypto';

/** What a command-and-control server hosts, by path. */
export type HostedFiles = ReadonlyMap<string, Buffer>;

const largest = 64 * 1024 * 1024;

/**
 * A line a file: `PATH SIZE` for so many bytes (the same in every run, and of no format), or `PATH "TEXT"` for a text, quoted as in
 * JSON. Throws with the line that is neither.
 */
export const readHostedFiles = (text: string): HostedFiles => {
  const files = new Map<string, Buffer>();
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [, path = '', size, quoted] = /^(\/\S*)\s+(?:(\d{1,8})|(".*"))$/.exec(line) ?? [];
    const content = quoted === undefined ? bytesOf(path, Number(size ?? NaN)) : textOf(quoted);
    if (content === null) throw new Error(`this is no hosted file: ${line}`);
    files.set(path, content);
  }
  return files;
};

const textOf = (quoted: string): Buffer | null => {
  try {
    return Buffer.from(String(JSON.parse(quoted)));
  } catch {
    return null;
  }
};

const bytesOf = (path: string, size: number): Buffer | null => {
  if (path === '' || !(size <= largest)) return null;
  const blocks: Buffer[] = [];
  for (let index = 0; index * 32 < size; index += 1)
    blocks.push(createHash('sha256').update(`${path} ${index}`).digest());
  return Buffer.concat(blocks).subarray(0, size);
};
