import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'mocha';

const corpus = process.env['TOCSIN_CORPUS'] ?? '../shared/data';

/** KQL and Sumo queries that vendors and others ship; skips where the corpus is missing, unless it must be there. */
export const readVendorQueries = async (
  test: Context,
): Promise<readonly { readonly text: string; readonly language: 'kql' | 'sumo' }[]> => {
  const files = [
    ['kql/realworld-queries.ndjson', 'kql'],
    ['sumo/vendor-queries.ndjson', 'sumo'],
  ] as const;
  if (!existsSync(corpus) && process.env['TOCSIN_REQUIRE_CORPUS'] !== '1') return test.skip();
  const read = files.map(async ([file, language]) => {
    const lines = (await readFile(join(corpus, file), 'utf8')).trim().split('\n');
    return lines.map((line) => ({ text: (JSON.parse(line) as { readonly query: string }).query, language }));
  });
  return (await Promise.all(read)).flat();
};
