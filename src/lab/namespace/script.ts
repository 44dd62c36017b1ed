import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A command that runs one of this folder's shell scripts. Arguments never become shell text. */
export const shellScript = (name: string, args: readonly string[]): readonly string[] => [
  '/bin/sh',
  '-c',
  readFileSync(join(import.meta.dirname, name), 'utf8'),
  name,
  ...args,
];
