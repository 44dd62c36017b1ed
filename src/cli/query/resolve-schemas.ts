import { resolve } from 'node:path';

/** Names of catalogs stay as they are; files are found from where the command was given. */
export const resolveSchemas = (schemas: string, cwd: string): string =>
  schemas
    .split(',')
    .map((name) => (/[./\\]/.test(name) ? resolve(cwd, name.trim()) : name))
    .join(',');
