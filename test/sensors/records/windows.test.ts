import { expect } from 'chai';
import type { LabEvent } from '../../../src/model/event.ts';
import { parseHost } from '../../../src/sensors/parse-host.ts';
import type { SensorOutput } from '../../../src/sensors/sensor.ts';
import { fixtureContext, fixtureFile } from '../support/fixture.ts';

const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';

const parse = async (): Promise<readonly [SensorOutput, SensorOutput]> => {
  const files = { trace: fixtureFile('windows.trace'), records: fixtureFile('windows.records'), audit: null };
  const { trace, logs } = await parseHost(files, fixtureContext('windows', 'windows'));
  const [records] = logs;
  if (records === undefined) throw new Error('a Windows host has two sensors');
  return [trace, records];
};

const starts = ({ events }: SensorOutput): readonly LabEvent[] =>
  events.filter((event) => event['event.action'] === 'process-start');

describe('the trace of a Windows host', () => {
  it('has Windows programs under their Windows names, with their whole command line', async () => {
    const [trace] = await parse();
    const [root, child] = starts(trace);
    expect(root).to.include({ 'process.executable': powershell, 'process.name': 'powershell.exe' });
    expect(root?.['process.command_line']).to.match(
      /^powershell\.exe fs\.mkdirSync\("\/C:\/Users\/analyst\/out dir"\);/,
    );
    expect(child).to.include({
      'process.name': 'cmd.exe',
      'process.command_line': 'cmd.exe /* "quoted" */ await visit("127.0.0.1", 1)',
      'process.parent.executable': powershell,
      'process.parent.entity_id': root?.['process.entity_id'],
      'user.domain': 'LAB',
      'user.name': 'analyst',
      'tocsin.marks': '["emulated-persona"]',
    });
    expect(child?.['process.args'], 'Windows hands over one string').to.equal(undefined);
  });

  it('has files of its drive the Windows way', async () => {
    const [{ events }] = await parse();
    const files = events.filter((event) => event['file.path'] !== undefined);
    expect(files.map((event) => [event['file.directory'], event['file.name']])).to.deep.equal([
      ['C:\\Users\\analyst', 'out dir'],
      ['C:\\Users\\analyst\\out dir', 'a.txt'],
      ['C:\\Users\\analyst', 'forger.sh'],
    ]);
  });

  it('has one process-start for a process, whatever led to its program', async () => {
    const [trace] = await parse();
    const led = starts(trace).filter((event) => event['tocsin.step'] === 'step-2');
    expect(led.map((event) => event['process.name'])).to.deep.equal(['cmd.exe']);
  });

  it('keeps the Linux paths of what is no Windows program', async () => {
    const [trace] = await parse();
    const last = starts(trace).at(-1);
    expect(last).to.include({ 'process.executable': '/bin/bash', 'process.name': 'bash' });
    expect(last?.['process.args']).to.be.a('string');
  });
});

describe('the records of a Windows host', () => {
  it('become events with the process and the cause of their writer', async () => {
    const [trace, { events, report }] = await parse();
    const [root] = starts(trace);
    expect(events).to.have.length(1);
    expect(events[0]).to.include({
      'event.id': 'web:records:1',
      'event.action': 'log-record',
      'process.entity_id': root?.['process.entity_id'],
      'process.executable': powershell,
      'tocsin.step': 'step-1',
      'tocsin.cause': 'lineage+marker',
      'tocsin.raw': 'records:1',
      'winlog.channel': 'Microsoft-Windows-PowerShell/Operational',
      'winlog.provider_name': 'Microsoft-Windows-PowerShell',
      'winlog.event_id': 4104,
      'winlog.event_data': '{"ScriptBlockText":"Write-Output \\"grüße\\""}',
    });
    expect(report).to.include({ sensor: 'records', events: 1 });
  });

  it('are dropped as forged when the process they name is no component, or not alive', async () => {
    const [, { report }] = await parse();
    const forged = report.losses
      .filter(({ kind }) => kind === 'dropped')
      .map(({ detail }) => detail.split(', for example')[0]);
    expect(forged).to.deep.equal([
      'forged records: the process it names is no component of the persona',
      'forged records: the process it names was not alive',
    ]);
  });

  it('are counted when they are no records, and so is who else wrote to the socket', async () => {
    const [, { report }] = await parse();
    expect(report.losses.map(({ kind, count }) => [kind, count])).to.deep.equal([
      ['dropped', 1],
      ['dropped', 1],
      ['unlinked', 1],
      ['unparsed', 2],
    ]);
  });
});

describe('the report of a sensor', () => {
  it('says what it can see, what it never fills, and where its evidence is', async () => {
    const [trace, records] = await parse();
    expect(trace.report.actions).to.include.members(['process-start', 'connect', 'dns-query', 'file-create']);
    const traffic = ['source', 'destination', 'network'].flatMap((side) => [`${side}.bytes`, `${side}.packets`]);
    const others = ['auditd.data', 'auditd.message_type', 'auditd.sequence', 'message'];
    const syslog = ['appname', 'facility.name', 'procid', 'severity.name'].map((name) => `log.syslog.${name}`);
    const windows = ['channel', 'event_data', 'event_id', 'provider_name'].map((name) => `winlog.${name}`);
    const served = [...['event.dataset', 'event.original', 'user.id', 'user.email', 'user_agent.original']];
    const translated = ['source', 'destination'].flatMap((side) => [`${side}.nat.ip`, `${side}.nat.port`]);
    const router = ['ingress', 'egress'].map((side) => `observer.${side}.interface.name`);
    expect(trace.report.neverFills).to.have.members([
      ...['tls.client.server_name', ...traffic, ...others, ...syslog, ...windows, ...served, ...translated, ...router],
    ]);
    expect(trace.report.raw[0]).to.include({ file: 'web/windows.trace', parser: 'trace/1' });
    expect(records.report.actions).to.deep.equal(['log-record']);
    for (const { events, report } of [trace, records]) {
      const filled = new Set(
        events.flatMap((event) =>
          Object.entries(event)
            .filter(([, value]) => value !== undefined)
            .map(([key]) => key),
        ),
      );
      expect(
        report.neverFills.filter((column) => filled.has(column)),
        report.sensor,
      ).to.deep.equal([]);
      expect(report.events).to.equal(events.length);
    }
  });
});
