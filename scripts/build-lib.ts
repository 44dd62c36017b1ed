/**
 * Compiles `src` into `lib`: Node refuses to strip types of what lies below node_modules, so that the package brings JavaScript. `lib`
 * lies where `src` lies, so that every path that a module finds from its own place stays true.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');
const target = join(root, 'lib');

/** Built into `dist/report` as one page. */
const reportApp = 'report/html/app/';

const compile = (): void => {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.lib.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('src does not compile');
};

/** What modules read from beside them: tables, macros, scripts, catalogs. */
const copyAssets = (): void => {
  for (const file of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name).slice(source.length + 1);
    if (!file.isFile() || /\.tsx?$/.test(path) || path.startsWith(reportApp)) continue;
    mkdirSync(dirname(join(target, path)), { recursive: true });
    copyFileSync(join(source, path), join(target, path));
  }
};

rmSync(target, { recursive: true, force: true });
compile();
copyAssets();
