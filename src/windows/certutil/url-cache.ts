import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { findPath } from '../os/find-file.ts';
import type { CertutilHost } from './run-certutil.ts';

/** The name of a URL's files in the cache: the MD5 of its text in UTF-16LE ("Certutil Artifacts Analysis", A. Alfaifi). */
export const cacheName = (url: string): string =>
  createHash('md5').update(Buffer.from(url, 'utf16le')).digest('hex').toUpperCase();

/** 100 nanoseconds since 1601. A host's clock has parts of a millisecond where it runs faster than real time. */
const fileTime = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * 10_000)) + 116_444_736_000_000_000n;

const headerLength = 0x74;

/** The cache's description of a file, as far as it is known; what is unknown is zero. */
export const metaData = (url: string, size: number, now: number): Uint8Array => {
  const name = Buffer.from(`${url}\0`, 'utf16le');
  const header = Buffer.alloc(headerLength);
  header.writeUInt32LE(0x70, 0);
  header.writeUInt32LE(name.length, 0x0c);
  header.writeBigUInt64LE(fileTime(now), 0x10);
  header.writeUInt32LE(size, 0x70);
  return Buffer.concat([header, name]);
};

/** CryptoAPI's cache of the user: what a download leaves even when the file itself is gone. */
export const keepInUrlCache = (
  url: string,
  body: Uint8Array,
  { drive, environment, now }: Pick<CertutilHost, 'drive' | 'environment' | 'now'>,
): void => {
  const profile = environment.get('USERPROFILE') ?? 'C:\\Windows\\System32\\config\\systemprofile';
  const put = (folder: string, content: Uint8Array): void => {
    const path = `${profile}\\AppData\\LocalLow\\Microsoft\\CryptnetUrlCache\\${folder}\\${cacheName(url)}`;
    const file = findPath(path, 'C:\\', drive);
    if (file === null) throw new Error(`the profile ${profile} is not on drive C`);
    mkdirSync(dirname(file.host), { recursive: true });
    writeFileSync(file.host, content);
  };
  put('MetaData', metaData(url, body.length, now()));
  put('Content', body);
};
