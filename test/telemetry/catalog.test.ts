import { expect } from 'chai';
import { catalogDate, eventSchemaNames, loadCatalog, loadEventSchema } from '../../src/telemetry/catalog.ts';

const columnsOf = (names: ('sentinel' | 'defender')[], table: string): string[] | undefined =>
  loadCatalog(names)
    .find((info) => info.name === table)
    ?.columns.map((column) => column.name);

describe('catalog', () => {
  it('knows the tables of both products, with the date of their snapshot', () => {
    expect(loadCatalog(['sentinel'])).to.have.length(925);
    expect(loadCatalog(['defender'])).to.have.length(62);
    expect(catalogDate('sentinel')).to.equal('2026-07-27');
  });

  it('gives a table of both products the columns of the one named first', () => {
    expect(columnsOf(['sentinel', 'defender'], 'DeviceNetworkEvents')).to.include.members([
      'TimeGenerated',
      'Timestamp',
    ]);
    expect(columnsOf(['defender', 'sentinel'], 'DeviceNetworkEvents')).not.to.include('TimeGenerated');
  });

  it('has no byte counts and no AccountName in DeviceNetworkEvents, as the product has none', () => {
    expect(columnsOf(['sentinel'], 'DeviceNetworkEvents')).not.to.include.members(['SentBytes']);
    expect(columnsOf(['sentinel'], 'DeviceNetworkEvents')).not.to.include.members(['AccountName']);
    expect(columnsOf(['sentinel'], 'DeviceNetworkEvents')).to.include('InitiatingProcessAccountName');
  });

  it('lists a retired table with its date', () => {
    const table = loadCatalog(['sentinel']).find(({ name }) => name === 'ThreatIntelligenceIndicator');
    expect(table?.retired).to.equal('2026-05-31');
  });

  it('gives native records in the order of the record', () => {
    const sysmon = loadEventSchema('Sysmon-3').columns;
    expect(sysmon.slice(0, 5).map(({ name }) => name)).to.deep.equal([
      'RuleName',
      'UtcTime',
      'ProcessGuid',
      'ProcessId',
      'Image',
    ]);
    expect(sysmon.find(({ name }) => name === 'SourcePort')?.type).to.equal('int');
    expect(eventSchemaNames()).to.include.members([
      'Sysmon-1',
      'Security-4688',
      'PowerShell-4104',
      'sec_record_network',
    ]);
  });

  it('refuses a native record nobody described', () => {
    expect(() => loadEventSchema('Sysmon-999')).to.throw('Sysmon-999');
  });
});
