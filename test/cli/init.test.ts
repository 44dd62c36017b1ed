import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runTocsin } from './run-tocsin.ts';

describe('tocsin init', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  const tocsin = (...args: string[]) => runTocsin(folder(), args);
  const files = async (): Promise<readonly string[]> =>
    (await readdir(folder(), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder().length + 1))
      .sort();

  it('writes a drill that has no problem and can be planned', async () => {
    const { code, stdout } = await tocsin('init', '--technique', 'T1583.003');
    expect(code).to.equal(0);
    expect(stdout)
      .to.include('created  atomics/T1583.003/T1583.003.yaml')
      .and.include('tocsin run scenarios/t1583-003.yaml');
    const check = await tocsin('check');
    expect(check.stderr).to.equal('');
    expect(check.code).to.equal(0);
    expect(check.stdout).to.include('1 atomic, 1 signal, 1 detection (1 kql), 1 scenario; 0 not loaded');
    const plan = await tocsin('run', 'scenarios/t1583-003.yaml', '--dry-run');
    expect(plan.stdout).to.include('t1583-003-repeated-connections is missed, first at RemoteIPType == "Public"');
    const rule = await tocsin('query', '-f', 'detections/T1583.003/t1583-003-repeated-connections.kql');
    expect(rule.code).to.equal(0);
  });

  it('prints only commands that exist', async () => {
    const { stdout } = await tocsin('init');
    const commands = [...stdout.matchAll(/^ {2}tocsin ([^#\n]+)/gm)].map(([, command = '']) => command.trim());
    expect(commands).to.have.length(4);
    for (const command of commands.filter((one) => !/^run \S+$/.test(one))) {
      expect((await tocsin(...command.split(/\s+/))).code, command).to.equal(0);
    }
  });

  it('fills every placeholder, and writes YAML', async () => {
    await tocsin('init');
    for (const file of await files()) {
      const text = await readFile(join(folder(), file), 'utf8');
      expect(text, file).not.to.match(/__[A-Z_]+__/);
      if (file.endsWith('.yaml')) expect(typeof parse(text), file).to.equal('object');
    }
  });

  it('overwrites nothing: it refuses as a whole, and a second technique keeps what both share', async () => {
    await tocsin('init');
    await writeFile(join(folder(), 'lab/topologies/two-zones.yaml'), '# mine\n');
    const before = await files();
    const again = await tocsin('init');
    expect(again.code).to.equal(2);
    expect(again.stderr).to.include('init/exists').and.include('nothing was written');
    expect(await files()).to.deep.equal(before);
    const second = await tocsin('init', '--technique', 'T1105');
    expect(second.stdout).to.include('kept     lab/topologies/two-zones.yaml');
    expect(await readFile(join(folder(), 'lab/topologies/two-zones.yaml'), 'utf8')).to.equal('# mine\n');
  });

  it('refuses a technique that ATT&CK does not have', async () => {
    const { code, stderr } = await tocsin('init', '--technique', '../../etc');
    expect(code).to.equal(2);
    expect(stderr).to.include('init/no-technique');
    expect(await files()).to.deep.equal([]);
  });
});
