import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const program = resolve(import.meta.dirname, '../../bin/tocsin');

describe('starting the command line', function () {
  this.timeout(60_000);

  const folder = useTemporaryFolder();
  const tocsin = (cache: string, ...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], {
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: cache },
    });
  const answer = (cache: string) => tocsin(cache, 'query', 'print answer = 6 * 7', '--format', 'csv');
  const blobs = (cache: string): readonly string[] =>
    readdirSync(join(cache, 'tocsin')).filter((name) => name.startsWith('kql-'));

  it('keeps a snapshot of the KQL parser at first use, and begins in it from then on', () => {
    const cache = folder();
    expect(answer(cache).stdout).to.equal('answer\r\n42\r\n');
    const [blob = '', ...others] = blobs(cache);
    expect(others, 'nothing half-done is left beside it').to.deep.equal([]);
    // Another snapshot in its place shows that it is what the next start begins in.
    const script = join(cache, 'other.cjs');
    writeFileSync(
      script,
      `require('node:v8').startupSnapshot.setDeserializeMainFunction(() => {
        process.getBuiltinModule('node:fs').writeSync(3, '+');
        console.log('begun in the snapshot with', process.argv.slice(2).join(' '));
      });`,
    );
    const made = join(cache, 'tocsin', blob);
    const { status } = spawnSync(process.execPath, ['--snapshot-blob', made, '--build-snapshot', script]);
    expect(status).to.equal(0);
    expect(tocsin(cache, 'query', 'print 1').stdout).to.equal('begun in the snapshot with query print 1\n');
  });

  it('does without a snapshot that does not start, and makes another the next time', () => {
    const cache = folder();
    answer(cache);
    const [blob = ''] = blobs(cache);
    writeFileSync(join(cache, 'tocsin', blob), 'no snapshot');
    expect(answer(cache)).to.include({ status: 0, stdout: 'answer\r\n42\r\n' });
    expect(blobs(cache)).to.deep.equal([]);
    expect(answer(cache)).to.include({ status: 0, stdout: 'answer\r\n42\r\n', stderr: '' });
    expect(blobs(cache)).to.have.length(1);
  });

  it('answers where nothing can be kept', () => {
    const file = join(folder(), 'a-file');
    writeFileSync(file, '');
    // A file in the way, since permissions hold nobody back who is root.
    expect(answer(file)).to.include({ status: 0, stdout: 'answer\r\n42\r\n', stderr: '' });
  });

  it('ends with the exit code of the command, snapshot or not', () => {
    expect(tocsin(folder(), 'query', 'print x').status).to.equal(2);
    expect(tocsin(folder(), 'query', 'print x').status).to.equal(2);
    expect(tocsin(folder(), 'no-such-command').status).to.equal(2);
    const batch = join(folder(), 'batch.ndjson');
    writeFileSync(batch, '{"id":1,"language":"kql","query":"print 1"}\n');
    expect(tocsin(folder(), 'query', '--batch', batch)).to.include({ status: 0, stderr: '' });
    expect(tocsin(folder(), '--version')).to.include({ status: 0, stderr: '' });
  });
});
