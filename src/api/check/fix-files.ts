import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { fixSplunkWords, withFixes } from '../../query/sumo/fix/fix-splunk-words.ts';

export interface FixedFile {
  readonly file: string;
  /** Places that were rewritten. */
  readonly fixes: number;
}

/** Files that are a query and nothing else; text inside YAML has escapes of its own. */
const isBareQuery = (file: string): boolean => /\.(?:sumo|txt)$/.test(file);

/** What stands below `published` is somebody's word and stays as it is. */
const isPublished = (file: string): boolean => file.split('/').includes('published');

/** Rewrites what a check complained of and has an equivalent: Splunk's `stats … by` and `eval x = e` in Sumo's queries. */
export const fixFiles = async (
  diagnostics: readonly Diagnostic[],
  folders: readonly string[],
): Promise<readonly FixedFile[]> => {
  const named = diagnostics.flatMap(({ code, place }) => (code === 'sumo/splunk-word' && place ? [place.file] : []));
  const fixed: FixedFile[] = [];
  for (const file of new Set(named.filter((one) => isBareQuery(one) && !isPublished(one)))) {
    const path = folders.map((folder) => resolve(folder, file)).find((one) => existsSync(one));
    if (path === undefined) continue;
    const text = await readFile(path, 'utf8');
    const fixes = fixSplunkWords(text);
    if (fixes.length === 0) continue;
    await writeFile(path, withFixes(text, fixes));
    fixed.push({ file, fixes: fixes.length });
  }
  return fixed;
};
