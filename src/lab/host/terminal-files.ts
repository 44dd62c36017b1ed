import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { HostFile } from '../driver.ts';
import { harnessFolder } from '../in-host.ts';

const { resolve } = createRequire(import.meta.url);

/** Its native part is a package of its own, one for each kind of machine. */
const packages = {
  'node-pty': 'node-pty/package.json',
  [`@lydell/node-pty-linux-${process.arch}`]: `@lydell/node-pty-linux-${process.arch}/package.json`,
} as const;

const isNeeded = (name: string): boolean => /\.(js|json|node)$/.test(name) && !name.startsWith('windows');

/** What the agent of a host opens terminals with, where a module of the harness's programs finds it. */
export const readTerminalFiles = (): readonly HostFile[] =>
  Object.entries(packages).flatMap(([name, description]) => {
    const folder = dirname(resolve(description));
    return readdirSync(folder)
      .filter(isNeeded)
      .map((file) => ({
        path: `${harnessFolder}/node_modules/${name}/${file}`,
        content: readFileSync(join(folder, file)),
        mode: 0o444,
      }));
  });
