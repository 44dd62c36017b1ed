import { expect } from 'chai';
import { readSyslog } from '../../../src/formats/syslog/read-syslog.ts';
import { fieldsOf, readLog, type ReadLog } from '../../support/read-log.ts';

const before = Date.UTC(2024, 4, 2) * 1000;
const read = (...lines: readonly string[]): Promise<ReadLog> =>
  readLog((file, context) => readSyslog(file, { ...context, before }), lines.join('\n'));

const only = async (line: string): Promise<Record<string, unknown>> => {
  const { events, losses } = await read(line);
  expect(losses).to.deep.equal([]);
  return {
    time: new Date((events[0]?.time ?? 0) / 1000).toISOString(),
    service: events[0]?.source.service,
    ...fieldsOf(events[0]),
  };
};

describe('a syslog file', () => {
  it('has lines as daemons write them', async () => {
    expect(
      await only('Apr  2 10:11:12 web1 sshd[812]: Failed password for root from 203.0.113.7 port 4 ssh2'),
    ).to.deep.equal({
      time: '2024-04-02T10:11:12.000Z',
      service: 'sshd',
      host: 'web1',
      program: 'sshd',
      pid: '812',
      message: 'Failed password for root from 203.0.113.7 port 4 ssh2',
    });
  });

  it('has lines with ISO times', async () => {
    expect(await only('2024-05-01T12:00:00.123456+02:00 web1 CRON[9]: (root) CMD (x)')).to.deep.equal({
      time: '2024-05-01T10:00:00.123Z',
      service: 'cron',
      host: 'web1',
      program: 'CRON',
      pid: '9',
      message: '(root) CMD (x)',
    });
  });

  it('has lines of RFC 3164 with their priority', async () => {
    expect(await only("<34>Jan 11 22:14:15 mymachine su: 'su root' failed")).to.deep.equal({
      time: '2024-01-11T22:14:15.000Z',
      service: 'auth',
      facility: 'auth',
      severity: 'crit',
      host: 'mymachine',
      program: 'su',
      message: "'su root' failed",
    });
  });

  it('has lines of RFC 5424 with structured data', async () => {
    const line =
      '<165>1 2003-10-11T22:14:15.003Z h evntslog - ID47 [ex@1 iut="3" t="a\\"b\\]c"][p@2 k="v"] \ufeffAn event';
    expect(await only(line)).to.deep.equal({
      time: '2003-10-11T22:14:15.003Z',
      service: 'syslog',
      facility: 'local4',
      severity: 'notice',
      host: 'h',
      program: 'evntslog',
      msgid: 'ID47',
      message: 'An event',
      'ex@1.iut': '3',
      'ex@1.t': 'a"b]c',
      'p@2.k': 'v',
    });
  });

  it('has times without a year, which lie in the last year that they can', async () => {
    const { events } = await read('May  1 00:00:00 h a: x', 'May  3 00:00:00 h a: x');
    expect(events.map(({ time }) => new Date((time ?? 0) / 1000).getUTCFullYear())).to.deep.equal([2024, 2023]);
  });

  it('has the events of Sysmon for Linux in it', async () => {
    const xml =
      '<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>1</EventID>' +
      '<TimeCreated SystemTime="2024-04-02T08:11:12.5Z"/><Channel>Linux-Sysmon/Operational</Channel><Computer>web1</Computer></System>' +
      '<EventData><Data Name="Image">/usr/bin/id</Data><Data Name="CommandLine">id -u</Data></EventData></Event>';
    const { events, losses } = await read(
      `Apr  2 10:11:12 web1 sysmon: ${xml}`,
      `Apr  2 10:11:12 web1 sysmon: ${xml.slice(0, 300)}`,
    );
    expect(events[0]?.source).to.deep.equal({
      product: 'linux',
      service: 'sysmon',
      category: 'process_creation',
      channel: 'Linux-Sysmon/Operational',
      provider: 'Linux-Sysmon',
      eventId: 1,
    });
    expect(events[0]?.fields).to.include({ Image: '/usr/bin/id', CommandLine: 'id -u' });
    expect(losses.length).to.equal(1);
  });

  it('has the records of the audit system in it, joined', async () => {
    const { events } = await read(
      'Apr  2 10:11:12 web1 audispd: type=SYSCALL msg=audit(1364481363.243:7): arch=c000003e syscall=59 success=yes exe="/bin/ls"',
      'Apr  2 10:11:12 web1 audispd: type=EXECVE msg=audit(1364481363.243:7): argc=1 a0="ls"',
      'Apr  2 10:11:12 web1 kernel: [ 12.3] audit: type=1400 audit(1364481370.1:9): apparmor="DENIED" operation="open"',
    );
    expect(events.map(({ source, fields }) => [source.service, fields['type']])).to.deep.equal([
      ['auditd', ['SYSCALL', 'EXECVE']],
      ['auditd', 'AVC'],
    ]);
  });

  it('counts what is no line of its own', async () => {
    const { events, losses } = await read('Apr  2 10:11:12 h a: x', 'a traceback', '  at main', '<999>x', '');
    expect(events.length).to.equal(1);
    expect(losses).to.deep.equal(['unparsed 3 line that is no syslog, for example: a traceback']);
  });

  it('takes no longer for lines without any sense', async () => {
    const began = performance.now();
    for (const filler of ['a', '[', '[a b="', 'a:', ' ', '"\\']) {
      await read(`Apr  2 10:11:12 ${filler.repeat(300_000)}`, `<165>1 - - - - - ${filler.repeat(300_000)}`);
    }
    expect(performance.now() - began).to.be.lessThan(5000);
  });
});
