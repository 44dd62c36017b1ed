import { expect } from 'chai';
import type { LabEvent } from '../../../src/model/event.ts';
import { connection, noon } from '../../support/events.ts';
import { beacon, expecting, judge, rule } from '../courtroom.ts';

const base = (name: string, selection: string): string => `title: Of ${name}
name: ${name}
logsource: { category: network_connection, product: windows }
detection:
  selection:
    ${selection}
  condition: selection
`;

const odd = base('odd', 'DestinationPort: 8443');
const plain = base('plain', 'DestinationPort: 443');

const correlation = (title: string, lines: string): string => `title: ${title}
correlation:
  ${lines.trim().split('\n').join('\n  ')}
`;

/** A file of documents, the last of which is judged. */
const file = (...documents: readonly string[]) =>
  rule(documents.join('---\n'), {
    id: 'many',
    title: /^title: (.*)/.exec(documents.at(-1) ?? '')?.[1] ?? '',
    language: 'sigma',
    place: { file: 'many.yml', line: 1, column: 1 },
  });

const counted = (condition: string, more = ''): string =>
  correlation(
    'Many',
    `type: event_count\nrules: [odd]\ngroup-by: [Image]\ntimespan: 1m\ncondition: ${condition}${more}`,
  );

/** A connection a second, to these ports. */
const connections = (ports: readonly number[], fields: Partial<LabEvent> = {}): readonly LabEvent[] =>
  ports.map((port, index) =>
    connection({
      'event.id': `ws1:trace:${port}:${index}:${fields['host.name'] ?? ''}`,
      '@timestamp': noon + index * 1_000_000,
      'destination.port': port,
      ...fields,
    }),
  );

describe('a Sigma correlation on a drill', () => {
  it('fires when a window holds what it asks for, whenever the attack begins', async () => {
    const judged = await judge({
      events: beacon(10),
      rule: file(odd, counted('{ gte: 10 }')),
      expectation: expecting({ detection: 'many' }),
    });
    expect(judged).to.deep.include({ verdict: 'fired', met: true, phases: { tried: 12, fired: 12 }, reason: null });
    expect(judged.rows).to.have.length(1);
    expect(judged.rows[0]).to.include({ value: 10, events: 10, Image: beacon(1)[0]?.['process.executable'] });
  });

  it('is missed with what the best window had of what the condition asks', async () => {
    const judged = await judge({ events: beacon(14), rule: file(odd, counted('\n    gte: 20')) });
    expect(judged.verdict).to.equal('missed');
    // One every five seconds: thirteen within a minute, both ends included.
    expect(judged.reason?.summary).to.match(
      /^13 of 20 events in 1m at best \(Image ".*powershell.exe"\): odd 13 hits$/,
    );
    expect(judged.reason).to.deep.include({ clause: 'condition: gte: 20', blockers: [] });
    expect(judged.reason?.place).to.include({ file: 'many.yml', line: 15, column: 3, endLine: 16 });
  });

  it('is missed at the item of its rule that no event has, with what the events had', async () => {
    const judged = await judge({ events: beacon(3), rule: file(plain, counted('{ gte: 2 }').replace('odd', 'plain')) });
    expect(judged.verdict).to.equal('missed');
    expect(judged.reason?.summary).to.include('no hit of plain: 3 rows in, 0 out').and.include('8443');
    expect(judged.reason).to.deep.include({ clause: 'DestinationPort: 443' });
    expect(judged.reason?.place).to.include({ line: 6 });
  });

  it('is noisy when the background alone gives it what it asks for', async () => {
    const background = beacon(10).map(({ 'tocsin.variant': _, ...event }): LabEvent => ({
      ...event,
      'event.id': `${event['event.id']}:background`,
      'tocsin.origin': 'background',
    }));
    const judgeWith = (asked: number) =>
      judge({ events: [...beacon(1), ...background], rule: file(odd, counted(`{ gte: ${asked} }`)) });
    expect((await judgeWith(10)).verdict).to.equal('noisy');
    // With the attack's own connection it takes one more than the background has.
    expect((await judgeWith(11)).verdict).to.equal('fired');
  });

  const over = (type: string, condition: string) =>
    judge({
      events: connections([8443, 8444, 8445, 8445]),
      rule: file(
        base('odd', 'DestinationPort|gte: 8443'),
        correlation('Many', `type: ${type}\nrules: odd\ngroup-by: Image\ntimespan: 1m\ncondition: ${condition}`),
      ),
    });

  it('counts values of a field', async () => {
    expect(await over('value_count', '{ field: DestinationPort, gte: 3 }')).to.include({ verdict: 'fired' });
    const missed = await over('value_count', '{ field: DestinationPort, gt: 3 }');
    expect(missed.reason?.summary).to.include(
      '3 values of DestinationPort where more than 3 is asked for in 1m at best',
    );
  });

  it('adds values of a field', async () => {
    const sum = 8443 + 8444 + 8445 + 8445;
    expect(await over('value_sum', `{ field: DestinationPort, gte: ${sum} }`)).to.include({ verdict: 'fired' });
    const lower = await over('value_sum', `{ field: DestinationPort, gte: ${sum + 1} }`);
    expect(lower.reason?.summary).to.include(`sum of DestinationPort ${sum} of ${sum + 1} in 1m at best`);
  });

  it('compares the average and a percentile of values', async () => {
    expect(await over('value_avg', '{ field: DestinationPort, gte: 8444 }')).to.include({ verdict: 'fired' });
    const median = '{ field: DestinationPort, percentile: 50, gte: 8446 }';
    expect(await over('value_percentile', median)).to.include({ verdict: 'missed' });
  });

  const both = (type: string, ports: readonly number[]) =>
    judge({
      events: connections(ports),
      rule: file(
        odd,
        plain,
        correlation('Both', `type: ${type}\nrules: [odd, plain]\ngroup-by: [Image]\ntimespan: 1m`),
      ),
    });

  it('asks for several rules', async () => {
    expect(await both('temporal', [443, 8443])).to.include({ verdict: 'fired' });
    const half = await both('temporal', [443, 443]);
    expect(half.reason?.summary)
      .to.include('1 of 2 rules in 1m at best')
      .and.include('odd 0 hits, plain 2 hits')
      .and.include('no hit of odd: 2 rows in, 0 out');
  });

  it('asks for the order of several rules', async () => {
    expect(await both('temporal_ordered', [8443, 443])).to.include({ verdict: 'fired' });
    const other = await both('temporal_ordered', [443, 8443]);
    expect(other.verdict).to.equal('missed');
    expect(other.reason?.summary).to.include('2 of 2 rules in 1m, in another order, at best');
    expect(other.reason?.clause).to.equal('timespan: 1m');
  });

  it('is over other correlations', async () => {
    const many = counted('{ gte: 3 }').replace('title: Many', 'title: Many\nname: several');
    const chained = (ports: readonly number[]) =>
      judge({
        events: connections(ports),
        rule: file(
          odd,
          plain,
          many,
          correlation('Then', 'type: temporal_ordered\nrules: [several, plain]\ngroup-by: [Image]\ntimespan: 1m'),
        ),
      });
    expect(await chained([8443, 8443, 8443, 443])).to.include({ verdict: 'fired' });
    const few = await chained([8443, 8443, 443]);
    expect(few.verdict).to.equal('missed');
    expect(few.reason?.summary).to.include('several: 2 of 3 events in 1m at best');
    // One that held is not explained.
    const early = await chained([443, 8443, 8443, 8443]);
    expect(early.reason?.summary).to.match(
      /^2 of 2 rules in 1m, in another order, at best \(.*\): several 1 hit, plain 1 hit$/,
    );
  });

  it('is blind when no table holds what its only rule is for, and when its groups are by what no table has', async () => {
    const nowhere = odd.replace('category: network_connection', 'category: wmi_event');
    const unfed = await judge({ events: beacon(3), rule: file(nowhere, counted('{ gte: 2 }')) });
    expect(unfed).to.include({ verdict: 'blind' });
    expect(unfed.reason?.summary).to.include('no table holds the log source');
    const grouped = await judge({
      events: beacon(3),
      rule: file(odd, counted('{ gte: 2 }').replace('Image', 'Badge')),
    });
    expect(grouped.verdict).to.equal('blind');
    expect(grouped.reason?.summary).to.include('3 hits of odd, none with a value of Badge');
    expect(grouped.reason?.summary).to.include('Sysmon-3 has no column for the field "Badge"');
  });

  it('needs one table of several where one of its rules is enough', async () => {
    const nowhere = base('nowhere', 'x: y').replace('category: network_connection', 'category: wmi_event');
    const judgeWith = (type: string, condition: string) =>
      judge({
        events: beacon(3),
        rule: file(
          odd,
          nowhere,
          correlation('Two', `type: ${type}\nrules: [odd, nowhere]\ngroup-by: [Image]\ntimespan: 1m${condition}`),
        ),
      });
    expect(await judgeWith('event_count', '\ncondition: { gte: 3 }')).to.include({ verdict: 'fired' });
    expect(await judgeWith('event_count', '\ncondition: { gte: 9 }')).to.include({ verdict: 'missed' });
    const both = await judgeWith('temporal', '');
    expect(both.verdict).to.equal('blind');
    expect(both.reason?.summary).to.include('nowhere: no table holds the log source');
  });

  it('is broken when it is over a rule that is not there', async () => {
    const judged = await judge({ events: beacon(3), rule: file(plain, counted('{ gte: 2 }')) });
    expect(judged.verdict).to.equal('broken');
    expect(judged.reason?.summary).to.include('there is no rule "odd"');
  });
});
