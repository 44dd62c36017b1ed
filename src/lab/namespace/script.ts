import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A command that runs one of this folder's bash scripts. Arguments never become shell text. */
export const shellScript = (name: string, args: readonly string[]): readonly string[] => [
  '/bin/bash',
  '-c',
  readScript('close-descriptors.sh') + readScript(name),
  name,
  ...args,
];

const readScript = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');
