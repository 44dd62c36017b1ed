import { expect } from 'chai';
import type { Manifest } from '../../src/model/manifest.ts';
import type { LabEvent } from '../../src/model/event.ts';
import { readRowMarks } from '../../src/telemetry/marks.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { hubRelations } from '../../src/telemetry/relations.ts';
import { connection, event, manifest, onLinux } from '../support/events.ts';

const marksOf = async (
  table: string,
  events: readonly LabEvent[],
  fields: Partial<Manifest> = {},
  where?: string,
): Promise<readonly string[]> => {
  await using hub = await openHub({ manifest: manifest(fields), events });
  const product = hub.tables.get(table);
  if (product === undefined) throw new Error(`no table ${table}`);
  return await readRowMarks(hub.database, product, where);
};

describe('marks', () => {
  it('of a Windows host’s rows say that it is emulated, and a Linux host has none', async () => {
    expect(await marksOf('DeviceProcessEvents', [event({ 'event.action': 'process-start' })])).to.deep.equal([
      'emulated-persona',
    ]);
    expect(
      await marksOf('DeviceProcessEvents', [event({ ...onLinux, 'event.action': 'process-start' })]),
    ).to.deep.equal([]);
  });

  it('of a row whose address type a zone declares say so; a loopback row has none of it', async () => {
    const inside = connection({ ...onLinux, 'destination.ip': '127.0.0.1', 'source.ip': '127.0.0.1' });
    expect(await marksOf('DeviceNetworkEvents', [connection(onLinux)])).to.deep.equal(['declared-zone']);
    expect(await marksOf('DeviceNetworkEvents', [inside])).to.deep.equal([]);
    expect(
      await marksOf('DeviceNetworkEvents', [inside, connection(onLinux)], {}, `"RemoteIP" = '127.0.0.1'`),
    ).to.deep.equal([]);
  });

  it('of an event are those of its rows, each once', async () => {
    const marked = event({ 'event.action': 'process-end', 'tocsin.marks': '["compressed-clock","emulated-persona"]' });
    expect(await marksOf('Sysmon-5', [marked, marked])).to.deep.equal(['compressed-clock', 'emulated-persona']);
  });

  it('of the whole table hold for a synthetic source and a compressed clock', async () => {
    const clock = { scale: 60, startMicros: 0 };
    expect(await marksOf('ThreatIntelIndicators', [])).to.deep.equal(['synthetic-log-source']);
    expect(await marksOf('ThreatIntelIndicators', [], { clock })).to.deep.equal([
      'compressed-clock',
      'synthetic-log-source',
    ]);
  });

  it('of a column hold where a zone declares what the product would not say', async () => {
    await using declared = await openHub({ manifest: manifest(), events: [] });
    expect([...(declared.tables.get('DeviceNetworkEvents')?.columnMarks ?? [])]).to.deep.equal([
      ['RemoteIPType', ['declared-zone']],
      ['LocalIPType', ['declared-zone']],
    ]);
    const { topology } = manifest();
    const zones = topology.zones.filter(({ kind }) => kind === 'corporate');
    await using plain = await openHub({ manifest: manifest({ topology: { ...topology, zones } }), events: [] });
    expect(plain.tables.get('DeviceNetworkEvents')?.columnMarks.size).to.equal(0);
  });
});

describe('the relations of a hub', () => {
  it('are its tables, as the engine reads them', async () => {
    await using hub = await openHub({ manifest: manifest(), events: [connection()] });
    const relations = hubRelations(hub);
    expect([...relations.keys()]).to.deep.equal([...hub.tables.keys()]);
    const { rows } = await hub.database.read(`SELECT "Initiated" FROM ${relations.get('Sysmon-3')?.sql ?? ''}`);
    expect(rows).to.deep.equal([[true]]);
  });
});
