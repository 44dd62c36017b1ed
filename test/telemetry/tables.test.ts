import { expect } from 'chai';
import { loadCatalog, loadEventSchema } from '../../src/telemetry/catalog.ts';
import { loadTables } from '../../src/telemetry/load-tables.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { sqlTypes } from '../../src/telemetry/sql-type.ts';
import { manifest } from '../support/events.ts';

const native = [
  ...['Sysmon-1', 'Sysmon-3', 'Sysmon-5', 'Sysmon-11', 'Sysmon-12', 'Sysmon-13', 'Sysmon-22', 'Sysmon-23'],
  ...['auditd', 'SysmonLinux-1', 'SysmonLinux-3', 'SysmonLinux-5', 'SysmonLinux-11', 'SysmonLinux-23'],
  ...['Security-4657', 'Security-4688', 'Security-4698', 'Security-4699', 'Security-4702', 'Security-5156'],
  ...['PowerShell-4103', 'PowerShell-4104', 'DnsClient-3008'],
];
const sentinel = [
  ...['Syslog', 'Event', 'WindowsEvent', 'SecurityEvent', 'DnsEvents'],
  ...['ASimProcessEventLogs', 'ASimNetworkSessionLogs', 'ASimDnsActivityLogs'],
  ...['ASimFileEventLogs', 'ASimRegistryEventLogs'],
  'DeviceProcessEvents',
  'DeviceNetworkEvents',
  'DeviceFileEvents',
  'DeviceRegistryEvents',
  'DeviceEvents',
  'ThreatIntelligenceIndicator',
  'ThreatIntelIndicators',
  ...['SigninLogs', 'AADNonInteractiveUserSignInLogs', 'AADServicePrincipalSignInLogs', 'AuditLogs'],
  'AzureActivity',
  'CommonSecurityLog',
];
const cloudSiem = ['sec_record_network'];

describe('the product tables', () => {
  it('are these', () => {
    expect(loadTables().map(({ info }) => info.name)).to.have.members([...native, ...sentinel, ...cloudSiem]);
  });

  it('have exactly the columns of the product, in its order and with its types, and so has the database', async () => {
    const catalog = new Map(loadCatalog(['sentinel']).map((info) => [info.name, info]));
    await using hub = await openHub({ manifest: manifest(), events: [] });
    for (const [name, { info, sql }] of hub.tables) {
      expect(info).to.deep.equal(catalog.get(name) ?? loadEventSchema(name));
      const { rows } = await hub.database.read(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${sql})`);
      expect(rows, name).to.deep.equal(info.columns.map((column) => [column.name, sqlTypes[column.type]]));
    }
  });

  it('have five more columns where the event behind a row is shown', async () => {
    await using hub = await openHub({ manifest: manifest(), events: [] });
    for (const { info, evidenceSql } of hub.tables.values()) {
      const { names, types } = await hub.database.read(`SELECT * FROM ${evidenceSql}`);
      const more = ['tocsin.event', 'tocsin.time', 'tocsin.host', 'tocsin.variant', 'tocsin.marks'];
      expect(names).to.deep.equal([...info.columns.map((column) => column.name), ...more]);
      expect(types.slice(-5)).to.deep.equal(['VARCHAR', 'TIMESTAMP', 'VARCHAR', 'VARCHAR', 'VARCHAR']);
    }
  });

  it('give a reason for every column that is always null', () => {
    for (const { branches } of loadTables())
      for (const { columns } of branches)
        for (const column of columns.values()) if (column.kind === 'null') expect(column.because).to.match(/\w+ \w+/);
  });

  it('know when the product retired one', async () => {
    await using hub = await openHub({ manifest: manifest(), events: [] });
    expect(hub.tables.get('ThreatIntelligenceIndicator')?.info.retired).to.equal('2026-05-31');
  });
});
