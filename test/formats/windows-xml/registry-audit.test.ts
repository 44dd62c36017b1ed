import { expect } from 'chai';
import { readWindowsXml } from '../../../src/formats/windows-xml/read-windows-xml.ts';
import type { LogEvent } from '../../../src/model/log-event.ts';
import { createSigmaMatcher } from '../../../src/query/sigma/match/matcher.ts';
import { loadSigma } from '../../../src/query/sigma/collection/load-sigma.ts';
import { readLog } from '../../support/read-log.ts';

const record = (data: Readonly<Record<string, string>>): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>` +
  `<Provider Name='Microsoft-Windows-Security-Auditing' Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'/><EventID>4657</EventID>` +
  `<TimeCreated SystemTime='2021-06-03T10:11:12.1234567Z'/><Channel>Security</Channel><Computer>ws1</Computer></System>` +
  `<EventData>${Object.entries(data)
    .map(([name, value]) => `<Data Name='${name}'>${value}</Data>`)
    .join('')}</EventData></Event>`;

const set = {
  SubjectUserName: 'ana',
  SubjectDomainName: 'CORP',
  ObjectName: String.raw`\REGISTRY\MACHINE\SYSTEM\ControlSet001\Control\Lsa`,
  ObjectValueName: 'DisableRestrictedAdmin',
  OperationType: '%%1904',
  NewValueType: '%%1876',
  NewValue: '0',
  ProcessName: String.raw`C:\Windows\System32\reg.exe`,
};

const read = async (data: Readonly<Record<string, string>>): Promise<LogEvent> => {
  const { events, losses } = await readLog(readWindowsXml, record(data));
  expect(losses).to.deep.equal([]);
  return events[0] as LogEvent;
};

const ruleOf = (category: string, detection: object): string =>
  JSON.stringify({
    title: category,
    id: category,
    logsource: { product: 'windows', category },
    detection: { s: detection, condition: 's' },
  });

describe('a registry value that Windows audits (4657)', () => {
  it('has the terms of Sysmon beside its own', async () => {
    const { fields, source } = await read(set);
    expect(source.category).to.equal('registry_set');
    expect(fields['ObjectName']).to.equal(set.ObjectName);
    expect(fields['TargetObject']).to.equal(
      String.raw`HKLM\System\CurrentControlSet\Control\Lsa\DisableRestrictedAdmin`,
    );
    expect([fields['Details'], fields['EventType'], fields['User'], fields['Image']]).to.deep.equal([
      'DWORD (0x00000000)',
      'SetValue',
      String.raw`CORP\ana`,
      set.ProcessName,
    ]);
  });

  it('shows what was set as Sysmon does, by its type', async () => {
    const shown = async (type: string, value: string) =>
      (await read({ ...set, NewValueType: type, NewValue: value })).fields['Details'];
    expect(await shown('%%1873', 'calc.exe')).to.equal('calc.exe');
    expect(await shown('%%1874', '-')).to.equal('(Empty)');
    expect(await shown('%%1876', '0xffffffff')).to.equal('DWORD (0xffffffff)');
    expect(await shown('%%1883', '4294967297')).to.equal('QWORD (0x00000001-0x00000001)');
    expect(await shown('%%1875', 'AB CD')).to.equal('Binary Data');
    expect(await shown('%%1876', 'no number')).to.equal('Binary Data');
  });

  it('is met by the rules for values that are set, those that are deleted by the others, and both by rules for any', async () => {
    const matcher = createSigmaMatcher(
      loadSigma(
        [
          ruleOf('registry_set', { 'TargetObject|endswith': String.raw`\Lsa\DisableRestrictedAdmin` }),
          ruleOf('registry_delete', { 'TargetObject|startswith': String.raw`HKLM\System\CurrentControlSet` }),
          ruleOf('registry_event', { 'Image|endswith': String.raw`\reg.exe` }),
        ].map((text, index) => ({ file: `${index}.yml`, text })),
      ).rules,
    );
    const hits = (event: LogEvent): readonly string[] => matcher.match(event).map(({ rule }) => rule.id);
    expect(hits(await read(set))).to.have.members(['registry_set', 'registry_event']);
    const gone = await read({ ...set, OperationType: '%%1906', NewValueType: '-', NewValue: '-' });
    expect(hits(gone)).to.have.members(['registry_delete', 'registry_event']);
    expect(gone.fields['Details']).to.equal(undefined);
    expect(matcher.disagreements).to.deep.equal([]);
  });
});
