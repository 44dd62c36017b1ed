import { expect } from 'chai';
import type { LabEvent } from '../../src/model/event.ts';
import { backgroundOnly, type Hub, type Scope } from '../../src/telemetry/hub.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { at, event, manifest, noon } from '../support/events.ts';
import { readRows } from '../support/product-rows.ts';

const ended = (id: string, fields: Partial<LabEvent> = {}): LabEvent =>
  event({ 'event.action': 'process-end', 'event.id': id, 'process.pid': Number(id), ...fields });

const events = [
  ended('1'),
  ended('2', { 'tocsin.variant': 'v2', '@timestamp': noon + 1_000_000 }),
  ended('3', { 'tocsin.variant': undefined, 'tocsin.origin': 'background', '@timestamp': noon + 2_000_000 }),
  ended('4', { 'tocsin.origin': 'cleanup', '@timestamp': noon + 3_000_000 }),
  ended('5', { 'tocsin.variant': undefined, 'tocsin.origin': 'test', '@timestamp': noon + 4_000_000 }),
];

describe('the scope of a hub', () => {
  let hub: Hub;
  before(async () => {
    const indicators = [
      {
        value: '203.0.113.7',
        type: 'ipv4-addr',
        threatType: 'C2',
        confidence: 1,
        description: '',
        active: true,
      } as const,
    ];
    hub = await openHub({ manifest: manifest({ indicators }), events });
  });
  after(() => hub[Symbol.asyncDispose]());

  const shown = async (scope: Scope): Promise<readonly unknown[]> => {
    await hub.setScope(scope);
    return (await readRows(hub, 'Sysmon-5')).map((row) => row['ProcessId']);
  };

  it('is the whole scenario at first, in the order of time', async () => {
    expect((await readRows(hub, 'Sysmon-5')).map((row) => row['ProcessId'])).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('is one variant and background, whatever the origin within the variant', async () => {
    expect(await shown({ variant: 'v1', shiftMicros: 0 })).to.deep.equal([1, 3, 4]);
    expect(await shown({ variant: 'v2', shiftMicros: 0 })).to.deep.equal([2, 3]);
  });

  it('is background alone for no variant, and for one that does not exist', async () => {
    expect(await shown({ variant: backgroundOnly, shiftMicros: 0 })).to.deep.equal([3]);
    expect(await shown({ variant: "v1' OR '1'='1", shiftMicros: 0 })).to.deep.equal([3]);
  });

  it('moves every time, those that are text too, and no id', async () => {
    await hub.setScope({ variant: 'v1', shiftMicros: 0 });
    const [before] = await readRows(hub, 'Sysmon-5', 'evidenceSql');
    await hub.setScope({ variant: 'v1', shiftMicros: 3_600_000_000 });
    const [after] = await readRows(hub, 'Sysmon-5', 'evidenceSql');
    expect(after).to.deep.equal({
      ...before,
      UtcTime: '2026-11-20 13:00:00.123',
      'tocsin.time': '2026-11-20 13:00:00.123456Z',
    });
    const [indicator] = await readRows(hub, 'ThreatIntelligenceIndicator');
    expect(indicator?.['TimeGenerated']).to.equal('2026-11-20 12:59:00Z');
  });

  it('has a window in shifted time, its start in and its end out', async () => {
    const window = { from: noon + 1_000_000, until: noon + 3_000_000 };
    expect(await shown({ variant: null, shiftMicros: 0, window })).to.deep.equal([2, 3]);
    expect(await shown({ variant: null, shiftMicros: 1_000_000, window })).to.deep.equal([1, 2]);
    expect(await shown({ variant: null, shiftMicros: -1_000_000, window })).to.deep.equal([3, 4]);
  });

  it('shows indicators whole, whatever variant and window', async () => {
    await hub.setScope({
      variant: 'v2',
      shiftMicros: 0,
      window: { from: at('2030-01-01T00:00:00Z'), until: at('2030-01-02T00:00:00Z') },
    });
    expect(await readRows(hub, 'ThreatIntelIndicators')).to.have.length(1);
    expect(await readRows(hub, 'Sysmon-5')).to.have.length(0);
  });

  it('returns to the whole', async () => {
    expect(await shown({ variant: null, shiftMicros: 0 })).to.have.length(5);
  });

  it('tells the event, host and variant behind each row', async () => {
    await hub.setScope({ variant: 'v2', shiftMicros: 0 });
    const rows = await readRows(hub, 'Sysmon-5', 'evidenceSql');
    expect(rows.map((row) => [row['tocsin.event'], row['tocsin.host'], row['tocsin.variant'] ?? null])).to.deep.equal([
      ['2', 'ws1', 'v2'],
      ['3', 'ws1', null],
    ]);
  });
});
