import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** A text file in parts, unpacked when its name ends in `.gz`; a byte order mark at its start is no text. */
export async function* textParts(path: string): AsyncGenerator<string> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const unpacked = path.toLowerCase().endsWith('.gz') ? file.pipe(createGunzip()) : null;
  if (unpacked !== null) file.on('error', (error) => unpacked.destroy(error));
  const decoder = new TextDecoder();
  for await (const part of unpacked ?? file) yield decoder.decode(part as Buffer, { stream: true });
  yield decoder.decode();
}
