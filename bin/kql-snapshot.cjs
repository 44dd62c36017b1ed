// A V8 start-up snapshot of Microsoft's KQL parser with its grammar built, which takes a second at every start otherwise. It holds for
// one build of Node, so it is made at first use and kept in the user's cache.
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { dirname, join } = require('node:path');
const { cacheFolder } = require('./cache-folder.cjs');

const entry = join(__dirname, 'kql-snapshot-entry.cjs');
const parser = '@kusto/language-service-next';

/** Where the snapshot for a Node belongs: another program, parser or entry is another file. */
const fileFor = (node) => {
  const { size, mtimeMs } = fs.statSync(node);
  const made = createHash('sha256').update(JSON.stringify([node, size, mtimeMs]));
  for (const file of [require.resolve(`${parser}/package.json`), entry]) made.update(fs.readFileSync(file));
  return join(cacheFolder(), `kql-${made.digest('hex').slice(0, 16)}.blob`);
};

const make = (node, file) => {
  fs.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const work = fs.mkdtempSync(`${file}.`);
  try {
    const script = join(work, 'snapshot.cjs');
    const blob = join(work, 'blob');
    // The parser's parts in the order in which they need one another.
    const parts = [`${parser}/bridge.min.js`, `${parser}/Kusto.Language.Bridge.min.js`].map((part) =>
      require.resolve(part),
    );
    fs.writeFileSync(script, [...parts, entry].map((part) => fs.readFileSync(part, 'utf8')).join('\n;'));
    const { status } = spawnSync(node, ['--snapshot-blob', blob, '--build-snapshot', script], { stdio: 'ignore' });
    if (status !== 0) return false;
    // In one step: who finds the file finds all of it.
    fs.renameSync(blob, file);
    return true;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
};

/** The snapshot's file for a Node (its path), made where it is missing. Null where it cannot be made: things work without it, slower. */
exports.snapshotFor = (node) => {
  try {
    const file = fileFor(node);
    return fs.existsSync(file) || make(node, file) ? file : null;
  } catch {
    return null;
  }
};
