import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { SourceFile } from '../../src/util/source-file.ts';

/** The published rules of the shared corpus (`TOCSIN_CORPUS`, by default beside the project). */
export const readPublishedRules = async (): Promise<readonly SourceFile[]> => {
  const corpus = process.env['TOCSIN_CORPUS'] ?? resolve(import.meta.dirname, '../../../shared/data');
  const files: SourceFile[] = [];
  const archive = createReadStream(join(corpus, 'sigma/sigmahq-rules.tar.gz')).pipe(createGunzip()).pipe(extract());
  for await (const entry of archive) {
    if (entry.header.name.endsWith('.yml')) files.push({ file: entry.header.name, text: await text(entry) });
    else entry.resume();
  }
  return files;
};
