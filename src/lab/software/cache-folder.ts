import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where unpacked packages are kept between runs, as the XDG base directory specification has it. */
export const softwareCache = (env: Readonly<Record<string, string | undefined>>): string => {
  const base = env['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(base) ? base : join(homedir(), '.cache'), 'tocsin', 'software');
};
