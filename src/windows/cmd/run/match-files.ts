import { readdirSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import type { Shell } from './shell.ts';

export const toPattern = (mask: string): RegExp =>
  new RegExp(
    `^${mask
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\\\.\*$/, '(\\..*)?')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  );

/** Files that a mask names (`*.txt`, `C:\x\*.*`), as paths with the mask's own folder, in the order of their names. */
export const matchFiles = (mask: string, { folder, drive }: Pick<Shell, 'folder' | 'drive'>): string[] => {
  const [, head = '', name = ''] = /^(.*[\\/])?([^\\/]*)$/.exec(mask) ?? [];
  const found = findPath(head === '' ? '.' : head, folder, drive);
  if (found === null) return [];
  const pattern = toPattern(name);
  try {
    return readdirSync(found.host)
      .filter((entry) => pattern.test(entry))
      .sort((a, b) => a.localeCompare(b, 'en-US', { sensitivity: 'accent' }))
      .map((entry) => `${head}${entry}`);
  } catch {
    return []; // No such folder: nothing matches.
  }
};
