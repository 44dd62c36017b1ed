import { resolve } from 'node:path';
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/command-line.ts';

const root = resolve(import.meta.dirname, '../..');

const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
  let out = '';
  let err = '';
  const code = await runCommandLine(args, {
    root,
    cwd: root,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: {},
    signal: new AbortController().signal,
  });
  return { code, out, err };
};

describe('the command line', () => {
  it('teaches with --help: commands, exit codes and examples', async () => {
    const { code, out } = await run('--help');
    expect(code).to.equal(0);
    for (const word of ['run', 'check', 'cleanup', 'Exit codes', 'Examples']) expect(out).to.include(word);
  });

  it('ends with 2 for a command or a flag that it does not have, and suggests the nearest', async () => {
    expect((await run('chek')).err).to.include('Did you mean check?');
    expect((await run('run', '--drivr', 'x')).code).to.equal(2);
  });

  it('checks all content and says what it loaded', async () => {
    const { code, out, err } = await run('check');
    // What published rules name that their platform has not is told, and is no mistake of the project's.
    expect(err).to.include('warning[kql/KS142]').and.not.include('error[');
    expect(out).to.match(/^\d+ files: .*detections.*; 0 not loaded\n$/);
    expect(code).to.equal(0);
  });

  it('puts one document on standard output with --json', async () => {
    const { out } = await run('check', '--json');
    const document = JSON.parse(out) as { readonly diagnostics: readonly { readonly severity: string }[] };
    expect(document).to.deep.include({ schemaVersion: 1, kind: 'check' });
    expect(document.diagnostics.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  });

  it('says what would run, and starts nothing, with --dry-run', async () => {
    const { code, out } = await run('run', '--dry-run');
    expect(code).to.equal(0);
    expect(out)
      .to.include('as-documented: T1583.003-1')
      .and.include('detection t1583.003-sentinel-published is broken');
  });

  it('ends with 2 and every problem when a scenario is not there', async () => {
    const { code, err } = await run('run', 'scenarios/none.yaml', '--dry-run');
    expect(code).to.equal(2);
    expect(err).to.include('error[');
  });

  it('ends with 3 and the choices when a driver is not there', async () => {
    const { code, err } = await run('run', '--driver', 'hyperv', '--output', '/nonexistent');
    expect(code).to.equal(3);
    expect(err).to.include('error[lab/no-driver]').and.include('docker, namespace');
  });
});
