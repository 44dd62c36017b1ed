import { mkdtempSync, rmSync, writeFileSync, readFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { registryFile } from '../../../src/model/in-host.ts';
import { runReg } from '../../../src/windows/reg/run-reg.ts';
import { WindowsEnvironment } from '../../../src/windows/os/environment.ts';
import { initialHives } from '../../../src/windows/registry/initial.ts';
import { openRegistry } from '../../../src/windows/registry/registry.ts';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly records: readonly (readonly [number, Readonly<Record<string, string | number>>])[];
}

const run16 = 'HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';

describe('reg.exe', () => {
  let folder: string;
  let answers: string[];
  const drive = (): string => join(folder, 'C');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-reg-'));
    answers = [];
    for (const [hive, text] of initialHives({ scriptBlocks: false, modules: false, dnsQueries: false })) {
      const file = registryFile(hive, drive(), 'analyst');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = async (...args: string[]): Promise<Run> => {
    const records: [number, Readonly<Record<string, string | number>>][] = [];
    let [out, error] = ['', ''];
    const registry = openRegistry({
      drive: drive(),
      environment: new WindowsEnvironment({ USERNAME: 'analyst', USERDOMAIN: 'LAB' }),
      eventLog: {
        write: ({ eventId, data }) => {
          records.push([eventId, data]);
          return Promise.resolve();
        },
        close: () => undefined,
      },
    });
    const code = await runReg(args, {
      registry,
      drive: drive(),
      folder: 'C:\\Users\\analyst',
      out: (text) => (out += text),
      error: (text) => (error += text),
      ask: () => answers.shift() ?? null,
    });
    return { code, out: out.replaceAll('\r\n', '\n'), error: error.replaceAll('\r\n', '\n'), records };
  };

  it('adds a value, tells the kernel provider of it, and shows it again', async () => {
    const added = await run(
      'add',
      'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\run',
      '/v',
      'Evil',
      '/d',
      'C:\\x.exe',
      '/f',
    );
    expect([added.code, added.out]).to.deep.equal([0, 'The operation completed successfully.\n']);
    expect(added.records).to.have.length(1);
    const [[id, data] = [0, {}]] = added.records;
    expect(id).to.equal(5);
    expect(data).to.include({ ValueName: 'Evil', Type: 1, Data: 'C:\\x.exe' });
    expect(data['KeyName']).to.match(
      /^\\REGISTRY\\USER\\S-1-5-21-\d+-\d+-\d+-\d+\\Software\\Microsoft\\Windows\\CurrentVersion\\Run$/,
    );
    const shown = await run('query', run16, '/v', 'evil');
    expect(shown.out).to.equal(`\n${run16}\n    Evil    REG_SZ    C:\\x.exe\n\n`);
  });

  it('makes missing keys, one event each, and deletes them again with what is below', async () => {
    const made = await run('add', 'HKLM\\SOFTWARE\\Vendor\\Product', '/v', 'n', '/t', 'REG_DWORD', '/d', '0x10');
    const vendor = '\\REGISTRY\\MACHINE\\SOFTWARE\\Vendor';
    expect(made.records.map(([id, { KeyName }]) => [id, KeyName])).to.deep.equal([
      [1, vendor],
      [1, `${vendor}\\Product`],
      [5, `${vendor}\\Product`],
    ]);
    const gone = await run('delete', 'HKLM\\SOFTWARE\\Vendor', '/f');
    expect(gone.records.map(([id, { KeyName }]) => [id, KeyName])).to.deep.equal([
      [3, `${vendor}\\Product`],
      [3, vendor],
    ]);
    expect((await run('query', 'HKLM\\SOFTWARE\\Vendor')).error).to.equal(
      'ERROR: The system was unable to find the specified registry key or value.\n',
    );
  });

  it('leaves a hive byte for byte as it was once a change is undone', async () => {
    const file = registryFile('user', drive(), 'analyst');
    const before = readFileSync(file, 'utf8');
    await run('add', run16, '/v', 'x', '/d', '1');
    expect(readFileSync(file, 'utf8')).to.not.equal(before);
    await run('delete', run16, '/v', 'x', '/f');
    expect(readFileSync(file, 'utf8')).to.equal(before);
  });

  it('asks before it overwrites or deletes, and does nothing without a yes', async () => {
    await run('add', run16, '/v', 'x', '/d', '1');
    const asked = await run('add', run16, '/v', 'x', '/d', '2');
    expect([asked.code, asked.error]).to.deep.equal([1, 'The operation was canceled by the user.\n']);
    expect((await run('query', run16, '/v', 'x')).out).to.contain('REG_SZ    1');
    answers = ['maybe', 'Yes'];
    expect((await run('delete', run16, '/v', 'x')).code).to.equal(0);
    expect((await run('query', run16, '/v', 'x')).code).to.equal(1);
  });

  it('imports what it exported', async () => {
    await run('add', 'HKCU\\Software\\T', '/v', 'm', '/t', 'REG_MULTI_SZ', '/d', 'a\\0b');
    await run('export', 'HKCU\\Software\\T', 't.reg');
    await run('delete', 'HKCU\\Software\\T', '/f');
    expect((await run('import', 't.reg')).error).to.equal('The operation completed successfully.\n');
    expect((await run('query', 'HKCU\\Software\\T', '/s')).out).to.equal(
      '\nHKEY_CURRENT_USER\\Software\\T\n    m    REG_MULTI_SZ    a\\0b\n\nEnd of search: 1 match(es) found.\n',
    );
  });

  it('says what is wrong with its command line', async () => {
    expect((await run('add', 'HKXX\\y')).error).to.match(/^ERROR: Invalid key name/);
    expect((await run('add', run16, '/v', 'n', '/t', 'REG_DWORD', '/d', 'many')).error).to.match(/valid numeric value/);
    expect((await run('add', run16, '/q')).error).to.match(/^ERROR: Invalid syntax/);
  });
});
