import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadScenario, runScenario } from '../../src/api/run-scenario.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { loadTables } from '../../src/telemetry/load-tables.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { systemClock } from '../../src/util/clock.ts';
import { channels, unverified, verified } from '../fidelity/claims.ts';
import { compareWithReal, compareWithSchema, type Row } from '../fidelity/compare.ts';
import { readRealRecords, type RealRecords } from '../fidelity/real-records.ts';
import { renderFidelity, type Checked } from '../fidelity/render.ts';
import { readRows } from '../support/product-rows.ts';
import { requireLab } from './require-lab.ts';

const root = resolve(import.meta.dirname, '../fixtures/projects/fidelity');
const page = resolve(import.meta.dirname, '../../docs/fidelity.md');
const archive = join(process.env['TOCSIN_CORPUS'] ?? '../shared/data', 'sigma/evtx-samples.tar.gz');

/** Tables whose rows are records of a Windows log. */
const native = loadTables().filter(({ info }) => {
  const [, prefix = ''] = /^([A-Za-z]+)-\d+$/.exec(info.name) ?? [];
  return Object.hasOwn(channels, prefix);
});

const keyOf = (table: string): string => {
  const [prefix = '', id = ''] = table.split('-');
  return `${channels[prefix] ?? prefix} ${id}`;
};

describe('the emulated logs of Windows', function () {
  this.timeout(120_000);
  let folder: string;
  let real: ReadonlyMap<string, RealRecords>;
  const rows = new Map<string, readonly Row[]>();
  const checked: Checked[] = [];

  before(async function () {
    const driver = createNamespaceDriver({});
    await requireLab(this, driver);
    if (!existsSync(archive) && process.env['TOCSIN_REQUIRE_CORPUS'] !== '1') return this.skip();
    real = await readRealRecords(archive);
    folder = mkdtempSync(join(tmpdir(), 'tocsin-fidelity-'));
    const run = await runScenario(await loadScenario(root, 'fidelity'), {
      reports: join(folder, 'reports'),
      driver,
      clock: systemClock,
      signal: new AbortController().signal,
      emit: () => undefined,
    });
    expect(run.result.results[0]?.executed, JSON.stringify(run.result.results[0]?.executed)).to.include({
      status: 'executed',
    });
    await using hub = await openHub(join(run.folder, 'recording'));
    for (const { info } of native) rows.set(info.name, await readRows(hub, info.name));
  });

  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  it('are claimed, each as verified or as unverified, and none as verified without a real sample', () => {
    expect(native.map(({ info }) => info.name)).to.have.members([...verified, ...unverified]);
    const samples = (table: string): number => real.get(keyOf(table))?.samples ?? 0;
    expect(verified.filter((table) => samples(table) === 0)).to.deep.equal([]);
    expect(
      unverified.filter((table) => samples(table) > 0),
      'have samples now',
    ).to.deep.equal([]);
  });

  for (const spec of native) {
    const { name } = spec.info;
    const isVerified = verified.includes(name);
    it(`${name} has rows of the drill, and every field ${isVerified ? 'as real records have it' : 'of its schema'}`, () => {
      const records = real.get(keyOf(name));
      const own = rows.get(name) ?? [];
      expect(own, 'rows of the drill').to.not.have.length(0);
      const results =
        isVerified && records !== undefined ? compareWithReal(spec, own, records) : compareWithSchema(spec, own);
      checked.push({ table: name, samples: records?.samples ?? 0, isVerified, results });
      console.log(`        ${name}: ${records?.samples ?? 0} real samples, ${own.length} rows here`);
      expect(results.filter(({ verdict }) => verdict !== 'same' && verdict !== 'null')).to.deep.equal([]);
    });
  }

  it('are described by docs/fidelity.md as they are (TOCSIN_WRITE_DOCS=1 writes it)', () => {
    const text = renderFidelity(checked);
    if (process.env['TOCSIN_WRITE_DOCS'] === '1') writeFileSync(page, text);
    expect(readFileSync(page, 'utf8')).to.equal(text);
  });
});
