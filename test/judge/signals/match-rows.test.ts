import { expect } from 'chai';
import { matchRows } from '../../../src/judge/signals/match-rows.ts';
import { parseWhere } from '../../../src/judge/signals/parse-where.ts';
import type { Json } from '../../../src/model/json.ts';
import type { Hub } from '../../../src/telemetry/hub.ts';
import { openHub } from '../../../src/telemetry/open-hub.ts';
import { connection, manifest, noon } from '../../support/events.ts';
import { signal } from './signal.ts';

const events = [
  connection({ 'event.id': 'ws1:trace:1', 'destination.port': 8443 }),
  connection({
    'event.id': 'ws1:trace:2',
    'destination.port': 80,
    'destination.ip': '10.13.37.11',
    '@timestamp': noon + 1,
  }),
  connection({
    'event.id': 'ws1:trace:3',
    'destination.port': 443,
    'destination.ip': '2001:db8::7',
    'network.transport': undefined,
    '@timestamp': noon + 2,
  }),
  connection({
    'event.id': 'ws1:trace:4',
    'destination.port': 9,
    'tocsin.origin': 'background',
    'tocsin.variant': undefined,
  }),
  connection({ 'event.id': 'ws1:trace:5', 'destination.port': 10, 'tocsin.variant': 'v2' }),
];

describe('rows that a signal matches', () => {
  let hub: Hub;
  before(async () => {
    hub = await openHub({ manifest: manifest(), events });
  });
  after(() => hub[Symbol.asyncDispose]());

  const ports = async (where: Record<string, Json>, host = 'ws1'): Promise<readonly (string | null | undefined)[]> => {
    const table = hub.tables.get('Sysmon-3');
    if (table === undefined) throw new Error('no Sysmon-3');
    const conditions = parseWhere(
      signal({ where: { DestinationPort: ['*', 8443, 80, 443, 9, 10], ...where } }),
      table.info,
    );
    if (!conditions.ok) throw new Error(conditions.diagnostics.map(({ message }) => message).join());
    const rows = await matchRows(hub.database, table, conditions.value, { host, variant: 'v1' });
    return rows.map(({ values }) => values['DestinationPort']);
  };
  const all = ['8443', '80', '443'];

  it('are those of the variant on the host: not the background’s, not another variant’s, not another host’s', async () => {
    expect(await ports({})).to.deep.equal(all);
    expect(await ports({}, 'lx1')).to.deep.equal([]);
  });

  it('come oldest first, with their time', async () => {
    const table = hub.tables.get('Sysmon-3');
    if (table === undefined) throw new Error('no Sysmon-3');
    const rows = await matchRows(hub.database, table, [], { host: 'ws1', variant: 'v1' });
    expect(rows.map(({ time }) => time)).to.deep.equal([noon, noon + 1, noon + 2]);
  });

  const cases: readonly [Record<string, Json>, readonly string[]][] = [
    [{ Image: '*\\POWERSHELL.EXE' }, all],
    [{ 'Image|cased': '*\\POWERSHELL.EXE' }, []],
    [{ 'Image|endswith': '\\powershell.exe' }, all],
    [{ 'Image|startswith': 'c:\\windows\\' }, all],
    [{ 'Image|contains': 'WindowsPowerShell' }, all],
    [{ 'Image|contains|all': ['powershell', 'system32'] }, all],
    [{ 'Image|contains|all': ['powershell', 'nothing'] }, []],
    [{ 'Image|contains': ['nothing', 'powershell'] }, all],
    [{ Image: 'powershell.exe' }, []],
    [{ 'Image|re': 'power.*\\.exe$' }, all],
    [{ 'Image|re': 'POWER' }, []],
    [{ 'Image|re|i': '^c:.*POWER' }, all],
    [{ DestinationPort: 8443 }, ['8443']],
    [{ DestinationPort: '8443' }, ['8443']],
    [{ DestinationPort: '44?' }, ['443']],
    [{ 'DestinationPort|gt': 443 }, ['8443']],
    [{ 'DestinationPort|gte': 443 }, ['8443', '443']],
    [{ 'DestinationPort|lt': 443 }, ['80']],
    [{ 'DestinationPort|lte': '443' }, ['80', '443']],
    [{ DestinationIsIpv6: true }, ['443']],
    [{ DestinationIsIpv6: 'false' }, ['8443', '80']],
    [{ 'DestinationIp|cidr': '203.0.113.0/24' }, ['8443']],
    [{ 'DestinationIp|cidr': ['10.0.0.0/8', '2001:db8::/32'] }, ['80', '443']],
    [{ 'DestinationIp|cidr': '192.0.2.0/24' }, []],
    [{ 'Protocol|exists': false }, ['443']],
    [{ 'Protocol|exists': true }, ['8443', '80']],
    [{ Protocol: null }, ['443']],
    [{ Protocol: [null, 'UDP'] }, ['443']],
    [{ Protocol: 'udp' }, []],
    [{ Image: '*', DestinationPort: 80, Protocol: 'TCP' }, ['80']],
    [{ Image: "x' OR 1=1 --" }, []],
  ];
  for (const [where, expected] of cases) {
    it(`for ${JSON.stringify(where)} are ${expected.length === 0 ? 'none' : expected.join(', ')}`, async () => {
      expect(await ports(where)).to.deep.equal(expected);
    });
  }
});
