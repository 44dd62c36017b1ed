import { expect } from 'chai';
import type { SensorReport } from '../../src/model/manifest.ts';
import type { ProductTable } from '../../src/telemetry/hub.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { manifest, sensor } from '../support/events.ts';

const tableWith = async (name: string, sensors: readonly SensorReport[]): Promise<ProductTable> => {
  await using hub = await openHub({ manifest: manifest({ sensors }), events: [] });
  const table = hub.tables.get(name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
};

describe('what a run can show', () => {
  it('is a table that some sensor of the right host feeds', async () => {
    expect((await tableWith('Sysmon-3', [sensor({ actions: ['connect'] })])).unfed).to.equal(null);
    expect((await tableWith('DeviceNetworkEvents', [sensor({ host: 'lx1', actions: ['listen'] })])).unfed).to.equal(
      null,
    );
  });

  it('is not a table that no sensor feeds, or one of another persona alone', async () => {
    const reason = 'no active sensor of a windows host reports connect or accept';
    expect((await tableWith('Sysmon-3', [sensor({ actions: ['process-start'] })])).unfed).to.equal(reason);
    expect((await tableWith('Sysmon-3', [sensor({ host: 'lx1', actions: ['connect'] })])).unfed).to.equal(reason);
    expect((await tableWith('DeviceNetworkEvents', [])).unfed).to.equal(
      'no active sensor of any host reports connect; no active sensor of any host reports accept; no active sensor of any host reports listen',
    );
  });

  it('is no indicator where none is declared', async () => {
    expect((await tableWith('ThreatIntelIndicators', [])).unfed).to.equal('the run declares no indicators');
  });

  it('names columns that nothing fills, each with its reason', async () => {
    const { alwaysNull } = await tableWith('Sysmon-1', [sensor({ neverFills: ['process.working_directory'] })]);
    expect(alwaysNull.get('Hashes')).to.equal("no sensor hashes images, and the persona's are not the vendor's");
    expect(alwaysNull.get('CurrentDirectory')).to.equal('no active sensor fills process.working_directory');
    expect(alwaysNull.has('CommandLine')).to.equal(false);
    expect(alwaysNull.has('RuleName')).to.equal(false);
  });

  it('counts a column as filled when one sensor fills it, and by the branches that are fed only', async () => {
    const blindSensor = sensor({ neverFills: ['destination.domain', 'destination.ip'] });
    expect((await tableWith('DeviceNetworkEvents', [blindSensor, sensor()])).alwaysNull.has('RemoteUrl')).to.equal(
      false,
    );
    const listening = await tableWith('DeviceNetworkEvents', [sensor({ actions: ['listen'] })]);
    expect(listening.alwaysNull.get('RemoteIPType')).to.equal('a listener has no peer');
    const both = await tableWith('DeviceNetworkEvents', [sensor({ actions: ['listen', 'connect'] })]);
    expect(both.alwaysNull.has('RemoteIPType')).to.equal(false);
  });

  it('traces a derived column to the column that it comes from', async () => {
    const { alwaysNull } = await tableWith('DeviceNetworkEvents', [
      sensor({ actions: ['connect'], neverFills: ['source.ip'] }),
    ]);
    expect(alwaysNull.get('LocalIPType')).to.equal('no active sensor fills source.ip');
    expect(alwaysNull.has('RemoteIPType')).to.equal(false);
  });
});
