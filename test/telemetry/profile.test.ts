import { expect } from 'chai';
import { loadProfile } from '../../src/telemetry/profile.ts';
import type { LabEvent } from '../../src/model/event.ts';
import { sensorProfiles } from '../../src/model/topology.ts';
import { connection, noon } from '../support/events.ts';
import { productRows } from '../support/product-rows.ts';

describe('a sensor profile', () => {
  it('says why each of its options and transforms is as it is, and where that is known from', () => {
    for (const name of sensorProfiles) {
      const { options, transforms } = loadProfile(name);
      for (const { because, source } of [...Object.values(options), ...transforms]) {
        expect(because, name).to.match(/\w+ \w+/);
        expect(source, name).to.match(/https:|unverified|as in/);
      }
    }
  });

  it('rests on lab, and on what it is based on', () => {
    const names = Object.keys(loadProfile('lab').options);
    for (const name of sensorProfiles) expect(Object.keys(loadProfile(name).options)).to.have.members(names);
    const { options, transforms } = loadProfile('production');
    expect(options['security.command-line']?.value).to.equal(false);
    expect(options['sysmon.refused']?.value).to.equal(false);
    expect(transforms.map(({ kind }) => kind)).to.deep.equal(['first']);
  });

  it('lets everything through when it is the lab’s', () => {
    expect(loadProfile('lab').transforms).to.deep.equal([]);
  });

  it('drops rows of a table as its filters say, and of no other', async () => {
    const filter = {
      kind: 'filter',
      table: 'Sysmon-3',
      where: `"DestinationPort" <> 8443`,
      because: 'a test',
      source: 'unverified',
    } as const;
    const profile = { ...loadProfile('lab'), transforms: [filter] };
    const events = [connection(), connection({ 'event.id': 'ws1:trace:2', 'destination.port': 443 })];
    expect((await productRows('Sysmon-3', events, { profile })).map((row) => row['DestinationPort'])).to.deep.equal([
      443,
    ]);
    expect(await productRows('DeviceNetworkEvents', events, { profile })).to.have.length(2);
  });

  describe('of a Defender that caps what repeats', () => {
    /** Connections of one process, `minutes` after the first. */
    const beacon = (minutes: number, fields: Partial<LabEvent> = {}): LabEvent =>
      connection({
        'event.id': `ws1:trace:${String(minutes)}${fields['tocsin.variant'] ?? ''}`,
        '@timestamp': noon + minutes * 60_000_000,
        'source.port': 50_000 + minutes,
        ...fields,
      });
    const events = [
      ...[0, 10, 59, 61, 1439, 1441].map((minutes) => beacon(minutes)),
      beacon(5, { 'tocsin.variant': 'v2' }),
      beacon(6, { 'destination.port': 443 }),
      beacon(7, { 'event.outcome': 'failure', 'event.reason': 'refused' }),
      beacon(8, { 'event.outcome': 'failure', 'event.reason': 'refused' }),
    ];
    const rowsOf = async (profile: string) =>
      (await productRows('DeviceNetworkEvents', events, { profile: loadProfile(profile) })).map((row) => [
        row['ActionType'],
        row['LocalPort'],
        ...(row['AdditionalFields'] === undefined ? [] : [row['AdditionalFields']]),
      ]);
    const capped = [
      ['ConnectionSuccess', 50_000],
      ['ConnectionSuccess', 50_005],
      ['ConnectionSuccess', 50_006],
      ['ConnectionFailed', 50_007],
      ['ConnectionFailed', 50_008],
      ['ConnectionSuccess', 51_441],
    ];

    it('keeps the first of a day of a process, an address and a port, in each variant, and what failed', async () => {
      expect(await rowsOf('mde-dedup')).to.deep.equal(capped);
    });

    it('adds an hourly report of how many there were, where that is turned on', async () => {
      expect(await rowsOf('mde-aggregated')).to.have.deep.members([
        ...capped,
        ['ConnectionSuccessAggregatedReport', 50_059, '{"uniqueEventsAggregated":3}'],
      ]);
    });

    it('changes nothing else', async () => {
      expect(await productRows('Sysmon-3', events, { profile: loadProfile('mde-dedup') })).to.have.length(10);
    });
  });
});
