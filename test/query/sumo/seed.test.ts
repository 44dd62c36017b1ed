import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadEventSchema } from '../../../src/telemetry/catalog.ts';
import type { SumoDialect } from '../../../src/query/sumo/dialect.ts';
import { compiled, now, openWith, origin, relationOf } from '../support.ts';

const folder = resolve(import.meta.dirname, '../../../detections/T1583.004');
const rule = (file: string): string => readFileSync(join(folder, file), 'utf8');

const table = 'sec_record_network';
const { columns } = loadEventSchema(table);
const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';

/** 24 connections, five minutes apart, beginning so many minutes after a full hour. */
const beacon = (filled: 'application' | 'baseImage', minutes: number): Record<string, string | number>[] =>
  Array.from({ length: 24 }, (_, index) => ({
    timestamp: Date.UTC(2026, 10, 20, 8, minutes + index * 5),
    srcDevice_hostname: 'ws1',
    dstDevice_ip: '203.0.113.7',
    dstDevice_hostname: '-',
    dstPort: 443,
    [filled]: powershell,
  }));

const offsets = Array.from({ length: 12 }, (_, index) => index * 5);

const firings = async (
  file: string,
  filled: 'application' | 'baseImage',
  deviation: SumoDialect['deviation'],
): Promise<number> => {
  let fired = 0;
  for (const minutes of offsets) {
    await using opened = await openWith([relationOf(table, columns, beacon(filled, minutes))], [], { deviation });
    const query = compiled(opened.engine.compile('sumo', rule(file), origin));
    if ((await opened.engine.run(query, { now })).rows.length > 0) fired++;
  }
  return fired;
};

describe('a beaconing rule in Sumo', function () {
  this.timeout(60_000);

  it('is rejected as published: six operators are another language’s', async () => {
    await using opened = await openWith([], [{ name: table, columns }]);
    const { ok, diagnostics } = opened.engine.compile('sumo', rule('published/t1583-004.sumo'), origin);
    expect(ok).to.equal(false);
    expect(diagnostics.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`)).to.deep.equal([
      'sumo/splunk-word 33:3',
      'sumo/splunk-word 35:3',
      'sumo/splunk-word 45:3',
      'sumo/splunk-word 46:3',
      'sumo/splunk-word 47:3',
      'sumo/splunk-word 48:3',
    ]);
    expect(diagnostics.map(({ message }) => message.split(' ')[0])).to.deep.equal([
      'stats',
      'stats',
      'eval',
      'eval',
      'eval',
      'eval',
    ]);
  });

  it('fires at every start within the hour where application is filled', async () => {
    expect(await firings('maintained/t1583-004.sumo', 'application', 'sample')).to.equal(offsets.length);
  });

  it('depends on the start, and on what stddev divides by, where only baseImage is', async () => {
    expect(await firings('maintained/t1583-004.sumo', 'baseImage', 'sample')).to.equal(4);
    expect(await firings('maintained/t1583-004.sumo', 'baseImage', 'population')).to.equal(8);
  });

  it('fires at every start, whichever column holds the process, once it looks in both', async () => {
    for (const filled of ['application', 'baseImage'] as const)
      expect(await firings('maintained/t1583-004-base-image.sumo', filled, 'sample')).to.equal(offsets.length);
  });

  it('shows that application is what the score rests on, and where the rows went', async () => {
    await using opened = await openWith([relationOf(table, columns, beacon('baseImage', 20))]);
    const query = compiled(opened.engine.compile('sumo', rule('maintained/t1583-004.sumo'), origin));
    const clause = query.clauses.find((each) => each.kind === 'conjunct' && each.clause === 'RiskScore >= 1');
    expect(clause?.reads).to.deep.include({ table, column: 'application' });
    const counts = await opened.engine.funnel(query, { now });
    const count = counts.find(({ id }) => id === clause?.id);
    expect(count).to.deep.equal({ id: clause?.id, rowsIn: 1, rows: 0, alone: 0, withOthers: 1 });
    expect(await opened.engine.near(query, clause?.id ?? '', { now })).to.deep.equal([
      { column: 'RiskScore', wanted: '>= 1', got: '0', rows: 1 },
    ]);
  });
});
