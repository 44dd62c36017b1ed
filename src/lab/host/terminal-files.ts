import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { HostFile } from '../driver.ts';
import { harnessFolder } from '../in-host.ts';

/** node-pty's native part is a package of its own, one for each kind of machine, and its dependency. */
const native = `@lydell/node-pty-linux-${process.arch}`;

const isNeeded = (name: string): boolean => /\.(js|json|node)$/.test(name) && !name.startsWith('windows');

const readPackage = (name: string, description: string): readonly HostFile[] => {
  const folder = dirname(description);
  return readdirSync(folder)
    .filter(isNeeded)
    .map((file) => ({
      path: `${harnessFolder}/node_modules/${name}/${file}`,
      content: readFileSync(join(folder, file)),
      mode: 0o444,
    }));
};

/**
 * What the agent of a host opens terminals with, where a module of the harness's programs finds it. Nothing where there is no native part
 * for this machine: whoever asks for a terminal is then told so.
 */
export const readTerminalFiles = (): readonly HostFile[] => {
  const description = createRequire(import.meta.url).resolve('node-pty/package.json');
  try {
    const ofNative = createRequire(description).resolve(`${native}/package.json`);
    return [...readPackage('node-pty', description), ...readPackage(native, ofNative)];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return [];
    throw error;
  }
};
