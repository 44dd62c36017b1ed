/**
 * Builds what cannot run as it stands: each program that runs inside a lab host becomes one file without imports
 * (`dist/host`), since a host sees neither this folder nor node_modules and should start in milliseconds.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'rolldown';

const root = resolve(import.meta.dirname, '..');

/** `src/<room>/<program>/main.ts` → `<room>/<program>`; rooms whose programs run inside hosts. */
const hostPrograms = (): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const room of ['lab', 'services', 'windows']) {
    for (const folder of readdirSync(join(root, 'src', room), { withFileTypes: true })) {
      const entry = join(root, 'src', room, folder.name, 'main.ts');
      if (folder.isDirectory() && existsSync(entry)) found[`${room}/${folder.name}`] = entry;
    }
  }
  return found;
};

const buildHostPrograms = async (): Promise<void> => {
  const output = join(root, 'dist/host');
  rmSync(output, { recursive: true, force: true });
  // One build a program, so that none shares a chunk with another: a program is one file.
  for (const [name, entry] of Object.entries(hostPrograms())) {
    await build({
      input: entry,
      platform: 'node',
      output: { file: join(output, `${name}.mjs`), format: 'esm', codeSplitting: false },
      logLevel: 'warn',
    });
  }
};

await buildHostPrograms();
