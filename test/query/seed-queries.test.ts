import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { loadCatalog } from '../../src/telemetry/catalog.ts';
import type { CompiledQuery } from '../../src/query/engine.ts';
import { compiled, now, openWith, origin, relationOf, type Opened } from './support.ts';

const catalog = loadCatalog(['sentinel']);
const deviceNetworkEvents = catalog.find(({ name }) => name === 'DeviceNetworkEvents')?.columns ?? [];

/** A beacon: one connection every five seconds. */
const beacon = (count: number, seconds: number, remoteType: string): Record<string, string | number>[] =>
  Array.from({ length: count }, (_, index) => ({
    Timestamp: new Date(Date.UTC(2026, 10, 20, 12, 0, index * seconds)).toISOString(),
    DeviceName: 'ws1',
    ActionType: 'ConnectionSuccess',
    RemoteIP: remoteType === 'Public' ? '203.0.113.7' : '127.0.0.1',
    RemotePort: 8443,
    RemoteIPType: remoteType,
    InitiatingProcessFileName: 'powershell.exe',
    InitiatingProcessAccountName: 'alice',
  }));

const beaconRule = `
let ExcludedBrowsers = dynamic(["chrome.exe", "firefox.exe"]);
let BeaconMinConnections = 12;
let ObservationWindowMinutes = 60;
let BeaconingCandidates = DeviceNetworkEvents
| where Timestamp > ago(24h)
| where ActionType in ("ConnectionSuccess", "NetworkSignatureInspected")
| where RemoteIPType == "Public"
| where InitiatingProcessFileName !in~ (ExcludedBrowsers)
| summarize
    ConnectionCount = count(),
    RemotePorts = make_set(RemotePort, 5),
    FirstConnection = min(Timestamp)
  by DeviceName, InitiatingProcessAccountName, RemoteIP,
     bin(Timestamp, totimespan(strcat(tostring(ObservationWindowMinutes), "m")))
| where ConnectionCount >= BeaconMinConnections;
BeaconingCandidates
| join kind=leftouter (
    ThreatIntelligenceIndicator
    | where TimeGenerated > ago(7d)
    | summarize arg_max(TimeGenerated, *) by NetworkIP
    | project TINetworkIP = NetworkIP, ThreatType, TIActive = Active
) on $left.RemoteIP == $right.TINetworkIP
| extend IsTIMatch = isnotempty(TINetworkIP)
| extend ConnectionsPerMinute = round(todouble(ConnectionCount) / ObservationWindowMinutes, 2)
| extend RiskScore = case(IsTIMatch and ConnectionCount >= 20, 95, ConnectionCount >= BeaconMinConnections, 30, 20)
| project Timestamp, DeviceName, ConnectionCount, ConnectionsPerMinute, RemotePorts, IsTIMatch, ThreatType, RiskScore
| sort by RiskScore desc, ConnectionCount desc`;

const clauseId = (query: CompiledQuery, clause: string): string => {
  const found = query.clauses.find((candidate) => candidate.kind === 'conjunct' && candidate.clause === clause);
  if (found === undefined) throw new Error(`no clause ${clause}`);
  return found.id;
};

describe('a beaconing rule in KQL', () => {
  let quiet: Opened;
  let loud: Opened;

  before(async () => {
    quiet = await openWith(
      [relationOf('DeviceNetworkEvents', deviceNetworkEvents, beacon(15, 5, 'Loopback'))],
      catalog,
    );
    loud = await openWith([relationOf('DeviceNetworkEvents', deviceNetworkEvents, beacon(15, 5, 'Public'))], catalog);
  });

  after(async () => {
    await quiet[Symbol.asyncDispose]();
    await loud[Symbol.asyncDispose]();
  });

  it('fires on fifteen connections to a public address', async () => {
    const query = compiled(loud.engine.compile('kql', beaconRule, origin));
    const { rows } = await loud.engine.run(query, { now });
    expect(rows).to.deep.equal([['2026-11-20T12:00:00.0000000Z', 'ws1', 15, 0.25, [8443], false, '', 30]]);
  });

  it('shows where the rows went when the address is loopback', async () => {
    const query = compiled(quiet.engine.compile('kql', beaconRule, origin));
    expect((await quiet.engine.run(query, { now })).rows).to.deep.equal([]);
    const id = clauseId(query, 'RemoteIPType == "Public"');
    const counts = await quiet.engine.funnel(query, { now });
    expect(counts.map((count) => count.id)).to.deep.equal(query.clauses.map((clause) => clause.id));
    expect(counts.find((count) => count.id === id)).to.deep.equal({
      id,
      rowsIn: 15,
      rows: 0,
      alone: 0,
      withOthers: 15,
    });
    expect(await quiet.engine.near(query, id, { now })).to.deep.equal([
      { column: 'RemoteIPType', wanted: '== "Public"', got: 'Loopback', rows: 15 },
    ]);
  });

  it('fires once the clause that removed the last row is left out', async () => {
    const query = compiled(quiet.engine.compile('kql', beaconRule, origin));
    const relax = [clauseId(query, 'RemoteIPType == "Public"')];
    expect((await quiet.engine.run(query, { now, relax })).rows).to.have.length(1);
  });

  it('says how far below the threshold the nearest group is', async () => {
    await using few = await openWith(
      [relationOf('DeviceNetworkEvents', deviceNetworkEvents, beacon(5, 5, 'Public'))],
      catalog,
    );
    const query = compiled(few.engine.compile('kql', beaconRule, origin));
    const near = await few.engine.near(query, clauseId(query, 'ConnectionCount >= BeaconMinConnections'), { now });
    expect(near).to.deep.equal([
      { column: 'ConnectionCount', wanted: '>= BeaconMinConnections (12)', got: '5', rows: 1 },
    ]);
  });

  it('traces a clause to the columns of the table that it rests on', () => {
    const query = compiled(loud.engine.compile('kql', beaconRule, origin));
    const reads = query.clauses.find(({ clause }) => clause === 'RemoteIPType == "Public"')?.reads;
    expect(reads).to.deep.equal([{ table: 'DeviceNetworkEvents', column: 'RemoteIPType' }]);
    const score = query.clauses.find(({ clause }) => clause.startsWith('extend RiskScore'))?.reads;
    expect(score).to.deep.equal([{ table: 'ThreatIntelligenceIndicator', column: 'NetworkIP' }]);
  });

  it('says that a table is retired, and how far back it looks', () => {
    const result = loud.engine.compile('kql', beaconRule, origin);
    expect(result.diagnostics.map(({ code }) => code)).to.deep.equal(['kql/retired-table']);
    expect(compiled(result).lookbacks).to.deep.equal([86_400_000_000, 604_800_000_000]);
  });
});

// What three published rules look like to the product's own schema.
const seedFolder = resolve(
  process.env['TOCSIN_CORPUS'] ?? resolve(import.meta.dirname, '../../../shared/data'),
  '../seeds',
);

const seedQuery = (file: string): string => {
  const text = readFileSync(resolve(seedFolder, file), 'utf8');
  const start = text.indexOf('\nkusto\n') + '\nkusto\n'.length;
  return text.slice(start, text.search(/\n(high|medium|low) severity/));
};

describe('the published rules', () => {
  const problems = async (file: string): Promise<string[]> => {
    await using opened = await openWith([], catalog);
    return opened.engine
      .compile('kql', seedQuery(file), origin)
      .diagnostics.map(
        ({ code, message, place }) => `${code} ${/'(.*?)'/.exec(message)?.[1]} ${place?.line}:${place?.column}`,
      );
  };

  before(function () {
    if (existsSync(seedFolder)) return;
    if (process.env['TOCSIN_REQUIRE_CORPUS'] === '1') throw new Error(`${seedFolder} is missing`);
    this.skip();
  });

  it('name columns and tables that do not exist, each with its place', async () => {
    expect(await problems('000_1802d97ff14bd176.txt')).to.deep.equal([
      'kql/KS142 SentBytes 25:26',
      'kql/KS142 ReceivedBytes 26:30',
      'kql/KS142 AccountName 29:18',
    ]);
    expect(await problems('001_e4e4a80114725762.txt')).to.deep.equal(['kql/KS142 AccountName 38:18']);
    expect(await problems('002_9c7e3db6ceb223f2.txt')).to.deep.equal(['kql/KS204 AADSignInLogs 15:1']);
  });
});
