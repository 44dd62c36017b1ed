import { expect } from 'chai';
import { sensor } from '../../support/events.ts';
import { beacon, expecting, judge, rule } from '../courtroom.ts';

const sigma = (selection: string, logsource = '{ category: network_connection, product: windows }') =>
  rule(
    `title: A rule
# Not the logsource: of the rule.
logsource: ${logsource}
detection:
  selection:
${selection
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
  condition: selection
`,
    {
      language: 'sigma',
      schedule: { frequencySeconds: 3600, periodSeconds: 3600, threshold: 0 },
      place: { file: 'rule.yml', line: 1, column: 1 },
    },
  );

describe('a Sigma rule on a drill', () => {
  it('is fired by each event that it matches, whenever the attack begins', async () => {
    const judged = await judge({
      events: beacon(3),
      rule: sigma("DestinationPort: 8443\nImage|endswith: '\\powershell.exe'\nInitiated: 'true'"),
      expectation: expecting({}),
    });
    expect(judged).to.deep.include({ verdict: 'fired', met: true, phases: { tried: 12, fired: 12 }, reason: null });
    expect(judged.rows).to.have.length(3);
  });

  it('is missed at the item that removed the last event, with what the events had', async () => {
    const judged = await judge({
      events: beacon(3),
      rule: sigma("DestinationPort: 4444\nImage|endswith: '\\powershell.exe'"),
    });
    expect(judged.verdict).to.equal('missed');
    expect(judged.reason).to.deep.include({ clause: 'DestinationPort: 4444', proved: true });
    expect(judged.reason?.place).to.include({ file: 'rule.yml', line: 6, column: 5 });
    expect(judged.reason?.summary).to.include('3 rows in, 0 out').and.include('8443');
  });

  it('is blind when no table holds its log source, and says which', async () => {
    const judged = await judge({ events: beacon(3), rule: sigma('TargetObject: x', '{ category: wmi_event }') });
    expect(judged).to.deep.include({ verdict: 'blind', diagnostics: [] });
    expect(judged.reason?.summary).to.equal('no table holds the log source category: wmi_event');
    expect(judged.reason?.place).to.include({ line: 3, column: 1 });
  });

  it('is blind when no host of its product is there, however well its fields fit the events of others', async () => {
    const source = '{ category: network_connection, product: linux }';
    const judgeOn = (...hosts: readonly string[]) =>
      judge({
        events: beacon(3),
        rule: sigma('DestinationPort: 8443', source),
        manifest: { sensors: hosts.map((host) => sensor({ host })) },
      });
    const [windows, mixed] = [await judgeOn('ws1'), await judgeOn('ws1', 'lx1')];
    expect(windows.verdict).to.equal('blind');
    expect(windows.reason?.summary).to.include('no host of this lab feeds').and.include('product: linux');
    // Linux hosts have a table of their own, and nothing of this is in it.
    expect(mixed.verdict).to.equal('missed');
  });

  it('reads the table that its product feeds', async () => {
    const linux = { 'host.name': 'lx1', 'tocsin.persona': 'linux' } as const;
    const source = '{ category: network_connection, product: linux }';
    const judged = await judge({
      events: beacon(3, linux),
      rule: sigma('DestinationPort: 8443', source),
      manifest: { sensors: [sensor({ host: 'lx1' })] },
    });
    expect(judged.verdict).to.equal('fired');
    expect(judged.rows[0]).to.include({ DestinationPort: 8443, SourceHostname: '-' });
  });

  it('is blind when the item that removed the last event asks for a field that the table has not', async () => {
    const judged = await judge({ events: beacon(3), rule: sigma('DestinationPort: 8443\nNoSuchField: x') });
    expect(judged.verdict).to.equal('blind');
    expect(judged.reason?.summary).to.include('has no column for the field "NoSuchField"');
  });

  it('is broken where Sigma would refuse it, with every reason', async () => {
    const judged = await judge({ events: beacon(3), rule: sigma('DestinationPort|contians: 8443\nImage|re: "("') });
    expect(judged.verdict).to.equal('broken');
    expect(judged.diagnostics.map(({ code, place }) => [code, place?.line])).to.deep.equal([
      ['sigma/unknown-modifier', 6],
      ['sigma/modifier', 7],
    ]);
  });
});
