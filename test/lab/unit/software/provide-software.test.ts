import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readBorn } from '../../../../src/lab/software/born-files.ts';
import { provideSoftware, type SoftwareOptions } from '../../../../src/lab/software/provide-software.ts';
import { aptOf, writeRepository, type TestPackage } from './repository.ts';

const packages: readonly TestPackage[] = [
  { name: 'base-thing', control: ['Essential: yes'], files: { 'usr/bin/base': 'base' } },
  {
    name: 'scan',
    control: ['Depends: libscan (>= 1), base-thing', 'Provides: scanner'],
    files: { 'bin/scan.real': 'scan', 'etc/scan.conf': 'ports = all\n', 'var/lib/scan/known': '' },
    postinst:
      '#!/bin/sh\ntouch /nobody-runs-this\nupdate-alternatives --install /usr/bin/scan scan /bin/scan.real 50\n',
  },
  { name: 'libscan', files: { 'lib/libscan.so.1': 'library', 'usr/share/doc/libscan/copyright': 'free' } },
  { name: 'scan-lite', control: ['Provides: scanner'] },
  { name: 'torn', control: ['Depends: nowhere'] },
];

describe('host software', function () {
  this.timeout(60_000);
  let folder: string;
  let repository: string;
  let notices: string[];
  const options = (): SoftwareOptions => ({
    cache: join(folder, 'cache'),
    run: aptOf(repository),
    releases: { machine: 'bookworm', hosts: 'bookworm' },
    nowMs: () => 1_700_000_000_000,
    notice: (text) => notices.push(text),
  });

  before(function () {
    if (!existsSync('/usr/bin/apt-get')) this.skip();
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-software-'));
    repository = join(folder, 'repository');
    notices = [];
    await writeRepository(repository, packages);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is the package with all it needs beyond what every host has, under the one /usr, with its alternatives', async () => {
    const { layers, missing } = await provideSoftware(new Map([['one', ['scan']]]), options());
    expect([...missing]).to.deep.equal([]);
    const layer = layers.get('one');
    if (layer === undefined) throw new Error('no layer');
    expect(layer.packages).to.deep.equal(['libscan_1.0_all', 'scan_1.0_all']);
    expect(readdirSync(join(layer.folder, 'usr')).sort()).to.deep.equal(['bin', 'lib', 'share']);
    expect(readlinkSync(join(layer.folder, 'usr/bin/scan'))).to.equal('scan.real');
    expect(readFileSync(join(layer.folder, 'usr/bin/scan'), 'utf8')).to.equal('scan');
    expect(readFileSync(join(layer.folder, 'usr/lib/libscan.so.1'), 'utf8')).to.equal('library');
    expect(existsSync('/nobody-runs-this')).to.equal(false);
  });

  it('leaves what a host may change to the host: settings, and its places in /var', async () => {
    const { layers } = await provideSoftware(new Map([['one', ['scan']]]), options());
    const born = await readBorn(layers.get('one') ?? null);
    expect(born.files.map(({ path, content }) => [path, String(content)])).to.deep.equal([
      ['/etc/scan.conf', 'ports = all\n'],
      ['/var/lib/scan/known', ''],
    ]);
    expect(born.folders).to.include.members(['/etc', '/var/lib/scan']);
  });

  it('comes from the cache when the sources are gone', async () => {
    const first = await provideSoftware(new Map([['one', ['scan']]]), options());
    rmSync(repository, { recursive: true });
    const later = await provideSoftware(new Map([['two', ['scan']]]), {
      ...options(),
      nowMs: () => 1_700_000_000_000 + 7 * 24 * 3_600_000,
    });
    expect(later.layers.get('two')).to.deep.equal(first.layers.get('one'));
    expect(notices.at(-1)).to.include('going by what they had');
  });

  it('that cannot be had is named with the reason, and the rest is provided', async () => {
    const { layers, missing } = await provideSoftware(new Map([['one', ['scan', 'nmapp', 'torn']]]), options());
    expect(layers.get('one')?.packages).to.include('scan_1.0_all');
    expect([...(missing.get('one') ?? [])].map(([name, { reason }]) => [name, reason])).to.deep.equal([
      ['nmapp', 'Unable to locate package nmapp'],
      ['torn', 'Unable to correct problems, you have held broken packages.'],
    ]);
  });

  it('that only others provide is the first of them, and says so', async () => {
    const { layers } = await provideSoftware(new Map([['one', ['scanner']]]), options());
    expect(layers.get('one')?.packages).to.include('scan_1.0_all');
    expect(notices.join('\n')).to.include('taking scan');
  });

  it('asks the sources again when what they had is gone', async () => {
    await provideSoftware(new Map([['one', ['base-thing']]]), options());
    await writeRepository(repository, [
      ...packages.filter(({ name }) => name !== 'libscan'),
      { name: 'libscan', version: '1:2.0', files: { 'lib/libscan.so.1': 'newer' } },
    ]);
    const { layers } = await provideSoftware(new Map([['one', ['scan']]]), {
      ...options(),
      nowMs: () => 1_700_000_000_001,
    });
    expect(layers.get('one')?.packages).to.deep.equal(['libscan_1%3a2.0_all', 'scan_1.0_all']);
  });

  it('that was changed on its way is refused', async () => {
    appendFileSync(join(repository, 'libscan_1.0_all.deb'), 'more');
    const { layers, missing } = await provideSoftware(new Map([['one', ['scan']]]), options());
    expect(layers.size).to.equal(0);
    expect(missing.get('one')?.get('scan')?.reason).to.match(/^it could not be fetched: .*(size|hash|Size|Hash)/);
    expect(readdirSync(join(folder, 'cache/packages'))).to.deep.equal([]);
  });

  it('is fetched once by two that want it at the same time', async () => {
    const both = await Promise.all(
      ['one', 'two'].map((host) => provideSoftware(new Map([[host, ['scan']]]), options())),
    );
    expect(both[0]?.layers.get('one')).to.deep.equal(both[1]?.layers.get('two'));
    for (const part of ['', 'packages', 'layers', 'index'])
      expect(readdirSync(join(folder, 'cache', part)).filter((name) => /^\.|^download/.test(name))).to.deep.equal([]);
  });

  it('of another release than the hosts are of is not offered', async () => {
    const other = { ...options(), releases: { machine: 'noble', hosts: 'bookworm' } };
    const { missing } = await provideSoftware(new Map([['one', ['scan']]]), other);
    expect(missing.get('one')?.get('scan')?.reason).to.equal(
      'hosts are of bookworm, this machine has packages of noble',
    );
  });
});
