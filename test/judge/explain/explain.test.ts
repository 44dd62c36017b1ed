import { expect } from 'chai';
import type { Blocker } from '../../../src/model/verdict.ts';
import { beacon, judge, rule } from '../courtroom.ts';

const explained = async (text: string, count = 15) =>
  (await judge({ events: beacon(count, { 'destination.ip': '127.0.0.1' }), rule: rule(text) })).reason;

const clauses = (blockers: readonly Blocker[] | undefined): readonly string[] =>
  (blockers ?? []).map(({ clause }) => clause);

describe('the reason why a detection stayed silent', function () {
  this.timeout(60_000);

  it('lists every blocker in the order in which the rows meet them, proved by running without them', async () => {
    const reason = await explained(`DeviceNetworkEvents
| where ActionType == "ConnectionFailed" and RemotePort == 8443 and RemoteIPType == "Public"
| summarize Count = count() by DeviceName
| where Count >= 20`);
    expect(clauses(reason?.blockers)).to.deep.equal([
      'ActionType == "ConnectionFailed"',
      'RemoteIPType == "Public"',
      'Count >= 20',
    ]);
    expect(reason?.blockers.map(({ summary }) => summary)).to.deep.equal([
      '15 rows in, 0 out; ActionType was "ConnectionSuccess" (15 rows)',
      '15 rows in, 0 out; RemoteIPType was "Loopback" (15 rows)',
      '1 row in, 0 out; Count was 15, the rule asks for >= 20',
    ]);
    expect(reason?.proved).to.equal(true);
  });

  it('leaves out what does not matter: an empty branch that the result does not need', async () => {
    const reason = await explained(`let Known = DeviceProcessEvents | where FileName == "nothing";
let Other = DeviceNetworkEvents | where RemotePort == 1;
DeviceNetworkEvents
| join kind=leftouter Other on DeviceName
| where RemoteIPType == "Public"`);
    expect(clauses(reason?.blockers)).to.deep.equal(['RemoteIPType == "Public"']);
    expect(reason).to.include({ proved: true, clause: 'RemoteIPType == "Public"' });
  });

  it('finds the blocker inside a branch that the result does need', async () => {
    const reason = await explained(`DeviceNetworkEvents
| join kind=inner (DeviceNetworkEvents | where RemotePort == 1) on DeviceName`);
    expect(clauses(reason?.blockers)).to.deep.equal(['RemotePort == 1']);
    expect(reason?.proved).to.equal(true);
  });

  it('ends honestly at a clause that cannot be left out', async () => {
    const reason = await explained('DeviceNetworkEvents\n| where RemoteIPType == "Public"\n| take 0');
    expect(clauses(reason?.blockers)).to.deep.equal(['RemoteIPType == "Public"', 'take 0']);
    expect(reason?.proved).to.equal(false);
    expect(reason?.summary).to.match(/; the list ends at "take 0" \(15 rows in, 0 out\), which cannot be left out$/);
  });

  it('counts the rows of every conjunct in order, alone and with all others', async () => {
    const { funnel } = await judge({
      events: [
        ...beacon(10),
        ...beacon(5, { 'destination.ip': '127.0.0.1' }).map((one, index) => ({ ...one, 'event.id': `x:${index}` })),
      ],
      rule: rule('DeviceNetworkEvents | where RemoteIPType == "Loopback" and RemotePort == 1 and DeviceName == "ws1"'),
    });
    const conjuncts = funnel.filter(({ kind }) => kind === 'conjunct');
    expect(conjuncts.map(({ rowsIn, rows, alone, withOthers }) => [rowsIn, rows, alone, withOthers])).to.deep.equal([
      [15, 5, 5, 0],
      [5, 0, 0, 5],
      [0, 0, 15, 0],
    ]);
  });
});
