// Starts the command line in this process, whose Node can run it.
const { existsSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { cacheFolder } = require('./cache-folder.cjs');

const root = resolve(__dirname, '..');
// A checkout runs its TypeScript as it stands, the package what was compiled from it.
const main = [join(root, 'src/cli/main.ts'), join(root, 'lib/cli/main.js')].find((file) => existsSync(file));

// Node keeps what it made of each file (types stripped, compiled), which halves the time to load them. No cache, no harm.
enableCompileCache(join(cacheFolder(), 'code'));
void import(pathToFileURL(main).href);
