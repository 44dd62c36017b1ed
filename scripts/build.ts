/**
 * Builds what cannot run as it stands: each program that runs inside a lab host becomes one file without imports
 * (`dist/host`), since a host sees neither this folder nor node_modules and should start in milliseconds; and the HTML
 * report's app becomes one page that a run is put into (`dist/report`).
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'rolldown';
import { builtFromFile, hashOfFiles, type BuiltFrom } from '../src/lab/host/program-state.ts';
import { reportTemplateFile } from '../src/report/html/template.ts';
import { buildReport } from './build-report.ts';

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
  const modules = new Set<string>();
  // One build a program, so that none shares a chunk with another: a program is one file.
  for (const [name, entry] of Object.entries(hostPrograms())) {
    const built = await build({
      input: entry,
      platform: 'node',
      output: { file: join(output, `${name}.mjs`), format: 'esm', codeSplitting: false },
      logLevel: 'warn',
    });
    for (const chunk of built.output)
      if (chunk.type === 'chunk') for (const module of chunk.moduleIds) modules.add(relative(root, module));
  }
  const files = [...modules].filter((file) => file.startsWith('src/')).sort();
  const note: BuiltFrom = { files, hash: hashOfFiles(root, files) ?? '' };
  writeFileSync(join(root, 'dist', builtFromFile), `${JSON.stringify(note, null, 2)}\n`);
};

const buildReportTemplate = async (): Promise<void> => {
  const file = join(root, reportTemplateFile);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await buildReport());
};

await buildHostPrograms();
await buildReportTemplate();
