import { expect } from 'chai';
import { noon, sensor } from '../../support/events.ts';
import { beacon, execution, expecting, judge, rule } from '../courtroom.ts';
import { result } from '../results.ts';

const hourlyCount = (least: number): string => `DeviceNetworkEvents
| where Timestamp > ago(24h)
| where RemoteIPType == "Public"
| summarize Count = count() by DeviceName, bin(Timestamp, 1h)
| where Count >= ${least}`;

const background = { 'tocsin.origin': 'background', 'tocsin.variant': undefined } as const;

describe('a detection on a drill', function () {
  // The first one loads the KQL binder.
  this.timeout(60_000);

  it('is fired with its row, at every start offset', async () => {
    const judged = await judge({ events: beacon(24), rule: rule(hourlyCount(12)), expectation: expecting({}) });
    expect(judged).to.deep.include({ verdict: 'fired', met: true, phases: { tried: 12, fired: 12 }, reason: null });
    expect(judged.rows).to.have.length(1);
    expect(judged.rows[0]).to.include({ DeviceName: 'ws1', Count: 24 });
  });

  it('keeps, beside the rows of its first alert, those of the one that saw most of the attack', async () => {
    const everyFiveMinutes = beacon(24).map((event, index) => ({ ...event, '@timestamp': noon + index * 300_000_000 }));
    const counting = rule('DeviceNetworkEvents | summarize Count = count() by DeviceName | where Count >= 5');
    const judged = await judge({ events: everyFiveMinutes, rule: counting });
    expect(judged).to.deep.include({ verdict: 'fired', phases: { tried: 12, fired: 12 } });
    expect(judged.rows.map(({ Count }) => Count)).to.deep.equal([11]);
    expect(judged.laterRows?.map(({ Count }) => Count)).to.deep.equal([24]);
    const atOnce = await judge({ events: beacon(24), rule: counting });
    expect(atOnce).not.to.have.property('laterRows');
  });

  it('does not meet a plain expectation when it fires at some start offsets only', async () => {
    const share = { min: 80, max: 99 };
    const plain = await judge({ events: beacon(15), rule: rule(hourlyCount(12)), expectation: expecting({}) });
    expect(plain).to.deep.include({ verdict: 'fired', met: false, phases: { tried: 12, fired: 11 } });
    expect(plain.reason?.summary).to.equal(
      'fired at 11 of 12 start offsets: it depends on when the attack begins; where it did not: 2 rows in, 0 out; ' +
        'Count was 8, the rule asks for >= 12, 7, the rule asks for >= 12; the scenario expects every start offset',
    );
    const ranged = await judge({
      events: beacon(15),
      rule: rule(hourlyCount(12)),
      expectation: expecting({ phaseShare: share }),
    });
    expect(ranged.met).to.equal(true);
  });

  it('is missed, with the clause that removed the last row', async () => {
    const clause = 'RemoteIPType == "Public"';
    const judged = await judge({
      events: beacon(24, { 'destination.ip': '127.0.0.1' }),
      rule: rule(hourlyCount(12)),
      expectation: expecting({ verdict: 'missed', clause }),
    });
    expect(judged).to.include({ verdict: 'missed', met: true });
    expect(judged.reason).to.deep.include({
      summary: '24 rows in, 0 out; RemoteIPType was "Loopback" (24 rows)',
      clause,
      place: { file: 'detections/rule.kql', line: 3, column: 9, endLine: 3, endColumn: 33 },
      proved: true,
    });
  });

  it('says where the scenario expects it to be missed, when it is missed elsewhere', async () => {
    const judged = await judge({
      events: beacon(3),
      rule: rule(hourlyCount(12)),
      expectation: expecting({ verdict: 'missed', clause: 'RemoteIPType' }),
    });
    expect(judged).to.include({ verdict: 'missed', met: false });
    expect(judged.reason?.summary).to.equal(
      '1 row in, 0 out; Count was 3, the rule asks for >= 12; the scenario expects it at RemoteIPType',
    );
  });

  it('names the table that had no rows, not the others', async () => {
    const text = 'DeviceProcessEvents | join kind=leftouter DeviceNetworkEvents on DeviceName';
    expect((await judge({ events: beacon(3), rule: rule(text) })).reason?.summary).to.equal(
      'no rows in DeviceProcessEvents',
    );
  });

  it('sees no event outside its look-back, and none that has not happened yet', async () => {
    const schedule = { frequencySeconds: 60, periodSeconds: 60, threshold: 0 };
    const counting = (least: number) => rule(`DeviceNetworkEvents | count | where Count >= ${least}`, { schedule });
    expect(await judge({ events: beacon(24), rule: counting(12) })).to.deep.include({ verdict: 'fired' });
    expect(await judge({ events: beacon(24), rule: counting(13) })).to.deep.include({ verdict: 'missed' });
  });

  it('runs at every execution when the query uses now() in its own way', async () => {
    const aged = 'DeviceNetworkEvents | summarize Last = max(Timestamp) | where now() - Last between (90m .. 125m)';
    const judged = await judge({ events: beacon(3), rule: rule(aged) });
    // 35 of every 60 minutes, and the rule runs once in them.
    expect(judged).to.deep.include({ verdict: 'fired', phases: { tried: 12, fired: 7 } });
  });

  it('asks the trigger’s threshold of the number of rows', async () => {
    const schedule = { frequencySeconds: 3600, periodSeconds: 3600, threshold: 5 };
    const judged = await judge({ events: beacon(5), rule: rule('DeviceNetworkEvents', { schedule }) });
    expect(judged.verdict).to.equal('missed');
    expect(judged.reason).to.deep.equal({
      summary: "5 rows, the rule's trigger asks for more than 5",
      blockers: [],
      proved: false,
    });
    expect((await judge({ events: beacon(6), rule: rule('DeviceNetworkEvents', { schedule }) })).verdict).to.equal(
      'fired',
    );
  });

  it('is noisy when it would have fired without the attack', async () => {
    const judged = await judge({
      events: [
        ...beacon(3),
        ...beacon(3, background).map((one, index) => ({ ...one, 'event.id': `ws1:trace:b${index}` })),
      ],
      rule: rule('DeviceNetworkEvents | where RemotePort == 8443'),
      expectation: expecting({}),
    });
    expect(judged).to.include({ verdict: 'noisy', met: false });
  });

  it('is noisy when it fires where it must not, and quiet when it does not', async () => {
    const mustNot = expecting({ verdict: 'quiet' });
    expect(await judge({ events: beacon(3), rule: rule('DeviceNetworkEvents'), expectation: mustNot })).to.include({
      verdict: 'noisy',
      met: false,
    });
    const other = rule('DeviceNetworkEvents | where RemotePort == 1');
    expect(await judge({ events: beacon(3), rule: other, expectation: mustNot })).to.include({
      verdict: 'quiet',
      met: true,
    });
  });

  it('is quiet on an attack that it does not claim to catch', async () => {
    const other = rule('DeviceNetworkEvents | where RemotePort == 1', { techniques: ['T1003'] });
    expect((await judge({ events: beacon(3), rule: other })).verdict).to.equal('quiet');
  });

  it('is blind when no sensor feeds its table', async () => {
    const judged = await judge({
      events: [],
      rule: rule('DeviceNetworkEvents | where RemotePort == 1'),
      manifest: { sensors: [sensor({ actions: ['process-start'] })] },
    });
    expect(judged.verdict).to.equal('blind');
    expect(judged.reason?.summary).to.match(
      /^no rows in DeviceNetworkEvents; DeviceNetworkEvents is fed by no sensor: /,
    );
  });

  it('is blind when its lab has no source of the table at all', async () => {
    const judged = await judge({ events: beacon(3), rule: rule('SigninLogs | where ResultType == "0"') });
    expect(judged.verdict).to.equal('blind');
    expect(judged.reason?.summary).to.contain('SigninLogs is fed by no sensor');
  });

  it('is blind when the deciding clause reads a column that no sensor fills, which is named', async () => {
    const judged = await judge({
      events: beacon(3),
      rule: rule('DeviceNetworkEvents | where AdditionalFields has "x"'),
    });
    expect(judged.verdict).to.equal('blind');
    expect(judged.reason?.summary).to.contain('DeviceNetworkEvents.AdditionalFields is filled by no sensor');
  });

  it('is only marked when a column that no sensor fills decided nothing', async () => {
    const text = 'DeviceNetworkEvents | where isempty(AdditionalFields) | where RemotePort == 1';
    const judged = await judge({ events: beacon(3), rule: rule(text) });
    expect(judged.verdict).to.equal('missed');
    expect(judged.marks).to.include.members(['always-null-column', 'emulated-persona']);
  });

  it('carries the mark of a declared zone only where its plan reads what rests on it', async () => {
    const events = beacon(3);
    const zone = await judge({ events, rule: rule('DeviceNetworkEvents | where RemoteIPType == "Public"') });
    expect(zone.marks).to.include('declared-zone');
  });

  it('is an error where it fails while it runs, at the place that failed', async () => {
    const text = 'DeviceNetworkEvents\n| where assert(RemotePort == 1, "another port")';
    const { verdict, reason } = await judge({ events: beacon(3), rule: rule(text) });
    expect(verdict).to.equal('error');
    expect(reason?.summary).to.include('another port');
    expect(reason?.place).to.deep.include({ file: 'detections/rule.kql', line: 2, column: 9 });
  });

  it('is broken where its platform’s schema rejects it, with every error at its place', async () => {
    const text = 'DeviceNetworkEvents\n| where SentBytes > 1\n| summarize count() by AccountName';
    const judged = await judge({ events: beacon(3), rule: rule(text), expectation: expecting({ verdict: 'broken' }) });
    expect(judged).to.include({ verdict: 'broken', met: true, executions: 0 });
    expect(judged.diagnostics.map(({ place }) => `${place?.file}:${place?.line}:${place?.column}`)).to.deep.equal([
      'detections/rule.kql:2:9',
      'detections/rule.kql:3:24',
    ]);
    expect(judged.reason?.summary).to.match(/^rejected with 2 errors: .*SentBytes.*; .*AccountName/);
  });

  it('is not run when the attack did not happen, whatever the telemetry says', async () => {
    const failed = {
      ...result().executed,
      status: 'not-run',
      reason: 'prerequisite',
      detail: 'curl is there',
    } as const;
    const judged = await judge({
      events: beacon(24),
      rule: rule('DeviceNetworkEvents'),
      execution: execution({ executed: failed }),
    });
    expect(judged).to.include({ verdict: 'not-run' });
    expect(judged.reason?.summary).to.equal('prerequisite: curl is there');
  });
});
