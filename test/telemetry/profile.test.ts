import { expect } from 'chai';
import { loadProfile } from '../../src/telemetry/profile.ts';
import { connection } from '../support/events.ts';
import { productRows } from '../support/product-rows.ts';

describe('a sensor profile', () => {
  it('says why each of its options is as it is', () => {
    for (const { because } of Object.values(loadProfile('lab').options)) expect(because).to.match(/\w+ \w+/);
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
    } as const;
    const profile = { ...loadProfile('lab'), transforms: [filter] };
    const events = [connection(), connection({ 'event.id': 'ws1:trace:2', 'destination.port': 443 })];
    expect((await productRows('Sysmon-3', events, { profile })).map((row) => row['DestinationPort'])).to.deep.equal([
      443,
    ]);
    expect(await productRows('DeviceNetworkEvents', events, { profile })).to.have.length(2);
  });
});
