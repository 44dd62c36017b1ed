import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { LabEvent } from '../../../src/model/event.ts';
import { joinAudit } from '../../../src/sensors/audit/join-audit.ts';
import { readAuditLog } from '../../../src/sensors/audit/read-audit-log.ts';
import type { SensorContext } from '../../../src/sensors/sensor.ts';
import { connection, event, onLinux } from '../../support/events.ts';
import { productRows } from '../../support/product-rows.ts';
import { useTemporaryFolder } from '../../support/temporary-folder.ts';

const context: SensorContext = {
  ...{ host: 'lx1', persona: 'linux', user: 'root', agentPid: 2, launchers: [], harnessFolder: '/.tocsin', steps: [] },
  ...{ markerVariable: 'TOCSIN_STEP', clock: { scale: 1, startMicros: 0 } },
};

const seconds = 1_796_049_613;
const key = Buffer.from('exec\x01tocsin:run1:77:0').toString('hex').toUpperCase();
const users = 'uid=1879048192 gid=1879048192 euid=1879048192 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=(none) ses=1';

/** The records of one execve, as the kernel writes them. */
const execve = (
  serial: number,
  pid: number,
  args: readonly string[],
  success = 'yes',
  auid = 3_000_000_001,
): string => {
  const head = `msg=audit(${seconds}.${String(100 + serial)}:${serial}):`;
  const call = `type=SYSCALL ${head} arch=c000003e syscall=59 success=${success} exit=0 items=2 ppid=5372 pid=${pid} auid=${auid} ${users} comm="nmap" exe="/usr/bin/nmap" key=${key}`;
  const shown = args.map((value, index) => `a${index}="${value}"`).join(' ');
  const own = success === 'yes' ? [`type=EXECVE ${head} argc=${args.length} ${shown}`] : [];
  return [call, ...own, `type=CWD ${head} cwd="/tmp"`, `type=EOE ${head} `].join('\n');
};

const started = (args: readonly string[], fields: Partial<LabEvent> = {}): LabEvent =>
  event({
    ...onLinux,
    'event.action': 'process-start',
    'process.args': JSON.stringify(args),
    'tocsin.real_time': seconds * 1_000_000 + 150_000,
    ...fields,
  });

describe('the kernel’s audit records of a Linux host', () => {
  const folder = useTemporaryFolder();
  const joined = async (
    lines: readonly string[],
    traced: readonly LabEvent[],
    end = '#end records=9 lost=0 missed=0',
  ) => {
    const file = join(folder(), `audit-${String(Math.random())}.log`);
    writeFileSync(file, `${['#host 3000000001 lx1', ...lines, end].filter((line) => line !== '').join('\n')}\n`);
    return joinAudit(await readAuditLog(file), traced, context);
  };

  it('have the process and the cause that the trace knows, in the host’s own numbers', async () => {
    const { events, report, broken } = await joined(
      [execve(1, 5373, ['nmap', '-p', '22'])],
      [started(['nmap', '-p', '22'])],
    );
    expect(broken).to.equal(null);
    expect(report.losses).to.deep.equal([]);
    expect(events[0])
      .to.include({ 'tocsin.variant': 'v1', 'process.pid': 6812 })
      .and.not.have.property('tocsin.marks', '["synthetic-log-source"]');
    const rows = await productRows('auditd', events);
    expect(rows.map(({ type }) => type)).to.deep.equal(['SYSCALL', 'EXECVE', 'CWD']);
    expect(rows[0]).to.include({
      syscall: 'execve',
      arch: 'x86_64',
      key: 'exec',
      uid: '0',
      pid: 6812,
      ppid: 400,
      items: 2,
    });
    expect(rows[1]).to.include({ argc: 3, a0: 'nmap', a2: '22' });
  });

  it('are matched each once, the nearest in time, and what failed is the process’s own', async () => {
    const later = { 'event.id': 'lx1:trace:2', 'process.pid': 7, 'tocsin.real_time': seconds * 1_000_000 + 900_000 };
    const { events } = await joined(
      [execve(1, 5373, ['a'], 'no'), execve(2, 5373, ['a']), execve(700, 5374, ['a'])],
      [started(['a'], later), started(['a'])],
    );
    const calls = events.filter((one) => one['auditd.message_type'] === 'SYSCALL');
    expect(calls.map((one) => [one['process.pid'], one['event.outcome']])).to.deep.equal([
      [6812, 'failure'],
      [6812, 'success'],
      [7, 'success'],
    ]);
  });

  it('show the address of a connection', async () => {
    const head = `msg=audit(${seconds}.120:5):`;
    const lines = [
      `type=SYSCALL ${head} arch=c000003e syscall=42 success=yes exit=0 items=0 ppid=1 pid=9 auid=3000000001 ${users} comm="curl" exe="/usr/bin/curl" key=(null)`,
      `type=SOCKADDR ${head} saddr=020020FBCB0071070000000000000000`,
      `type=EOE ${head} `,
    ];
    const traced = connection({ ...onLinux, 'tocsin.real_time': seconds * 1_000_000 + 130_000 });
    const { events } = await joined(lines, [traced]);
    const [, address] = await productRows('auditd', events);
    expect(address).to.include({ saddr_fam: 'inet', laddr: '203.0.113.7', lport: 8443 });
  });

  it('of the harness, and of nobody that is known, are counted and no event', async () => {
    const { events, report } = await joined([execve(1, 5373, ['node', 'agent']), execve(2, 8, ['b'], 'yes', 1000)], []);
    expect(events).to.deep.equal([]);
    expect(report.losses.map(({ kind, count }) => [kind, count])).to.deep.equal([
      ['unlinked', 1],
      ['unparsed', 3],
    ]);
  });

  it('that were lost are counted, and so is a program that has none', async () => {
    const { report } = await joined([], [started(['a'])], '#end records=0 lost=5 missed=2');
    expect(report.losses.map(({ kind, count }) => [kind, count])).to.deep.equal([
      ['dropped', 7],
      ['dropped', 1],
    ]);
  });

  it('without their last line break the host’s evidence', async () => {
    expect((await joined([execve(1, 5373, ['a'])], [started(['a'])], '')).broken).to.equal(
      'the kernel audit sensor ended before the lab did',
    );
  });
});
