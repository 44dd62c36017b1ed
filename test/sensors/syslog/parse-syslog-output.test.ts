import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { SensorContext, SensorOutput } from '../../../src/sensors/sensor.ts';
import { parseSyslogOutput } from '../../../src/sensors/syslog/parse-syslog-output.ts';
import { createProcess, type TracedProcess } from '../../../src/sensors/trace/traced-process.ts';
import { at } from '../../support/events.ts';
import { productRows } from '../../support/product-rows.ts';

const context: SensorContext = {
  host: 'lx1',
  persona: 'linux',
  user: 'root',
  hasSyslog: true,
  agentPid: 2,
  launchers: [],
  harnessFolder: '/.tocsin',
  steps: [],
  markerVariable: 'TOCSIN_STEP',
  clock: { scale: 1, startMicros: 0 },
};

const moment = at('2026-11-20T12:00:00.5Z');

const process = (pid: number, bornMicros: number, fields: Partial<TracedProcess> = {}): TracedProcess =>
  Object.assign(createProcess('lx1', pid, bornMicros, null, { kind: 'unlinked' }), { hidden: false }, fields);

const said = (output: string, receivedMicros = moment): string => JSON.stringify({ receivedMicros, output });

const logged = (pid: number, text: string): string =>
  said(`<86>1 2026-11-20T12:00:00.400000+00:00 lx1 snoopy ${pid} - -  ${text}`);

const parse = async (lines: readonly string[], processes: readonly TracedProcess[]): Promise<SensorOutput> => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-syslog-'));
  try {
    const file = join(folder, 'records.ndjson');
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    const columnsOf = ({ pid, lineage }: TracedProcess) => ({
      'process.pid': pid,
      ...(lineage.kind === 'harness' ? ({ 'tocsin.origin': 'service' } as const) : {}),
      ...(pid === 40 ? ({ 'tocsin.variant': 'v1', 'tocsin.origin': 'test' } as const) : {}),
    });
    return await parseSyslogOutput(file, context, { processes, columnsOf });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('syslog of a Linux host', () => {
  it('has what programs logged, each message with the cause of its sender', async () => {
    const { events, report } = await parse([logged(40, '[cwd:/tmp]: nmap -p 22')], [process(40, moment - 1000)]);
    expect(events).to.have.length(1);
    expect(events[0]).to.include({ 'tocsin.variant': 'v1', 'tocsin.origin': 'test', 'tocsin.raw': 'records:1' });
    expect(report).to.deep.include({ sensor: 'syslog', actions: ['syslog-message'], events: 1, losses: [] });
    const [row] = await productRows('Syslog', events);
    expect(row).to.include({
      ...{ Facility: 'authpriv', SeverityLevel: 'info', ProcessName: 'snoopy', ProcessID: 40, HostName: 'lx1' },
      SyslogMessage: '[cwd:/tmp]: nmap -p 22',
    });
  });

  it('belongs to the process that had the number then, not to an earlier one', async () => {
    const earlier = process(41, moment - 9_000_000, { endedMicros: moment - 8_000_000, hidden: true });
    const { events } = await parse([logged(41, 'x')], [earlier, process(41, moment - 1000)]);
    expect(events.map((event) => event['process.pid'])).to.deep.equal([41]);
  });

  it('is background where nobody traced the sender, and nothing where the harness sent it', async () => {
    const harness = process(42, moment - 1000, { hidden: true });
    const { events } = await parse([logged(42, 'ours'), logged(77, 'somebody’s')], [harness]);
    expect(events.map((event) => [event.message, event['tocsin.origin']])).to.deep.equal([
      ['somebody’s', 'background'],
    ]);
  });

  it('counts what is no syslog, and what others wrote to the records socket', async () => {
    const { events, report } = await parse(
      [said('rsyslogd: a complaint'), JSON.stringify({ receivedMicros: 1, record: { output: 'forged' } }), '{"rece'],
      [],
    );
    expect(events).to.deep.equal([]);
    expect(report.losses.map(({ kind, count }) => [kind, count])).to.have.deep.members([
      ['unparsed', 1],
      ['unparsed', 1],
      ['unparsed', 1],
    ]);
  });
});
