import { expect } from 'chai';
import { deriveAudit } from '../../../src/sensors/audit/derive-audit.ts';
import type { SensorContext } from '../../../src/sensors/sensor.ts';
import { connection, event, onLinux } from '../../support/events.ts';
import { productRows } from '../../support/product-rows.ts';

const context: SensorContext = {
  host: 'lx1',
  persona: 'linux',
  user: 'root',
  agentPid: 2,
  launchers: [],
  harnessFolder: '/.tocsin',
  steps: [],
  markerVariable: 'TOCSIN_STEP',
  clock: { scale: 1, startMicros: 0 },
};

const scan = event({
  ...onLinux,
  'event.action': 'process-start',
  'process.executable': '/usr/bin/nmap',
  'process.name': 'nmap',
  'process.args': JSON.stringify(['nmap', '-p', '22,80', 'a "quoted" host']),
  'process.working_directory': '/tmp',
});

const typesOf = (events: readonly { readonly 'auditd.message_type'?: string | undefined }[]) =>
  events.map((one) => one['auditd.message_type']);

describe('audit records of a Linux host', () => {
  it('show a program that started with its whole argument list', async () => {
    const { events, report } = deriveAudit([scan], context);
    expect(typesOf(events)).to.deep.equal(['SYSCALL', 'EXECVE', 'CWD', 'PATH', 'PROCTITLE']);
    expect(report).to.deep.include({ sensor: 'audit', events: 5, losses: [] });
    const rows = await productRows('auditd', events);
    expect(rows.find(({ type }) => type === 'EXECVE')).to.include({
      ...{ argc: 4, a0: 'nmap', a1: '-p', a2: '22,80', a3: 'a "quoted" host', node: 'lx1', serial: 1 },
    });
    expect(rows.find(({ type }) => type === 'SYSCALL')).to.include({
      ...{ syscall: 'execve', comm: 'nmap', exe: '/usr/bin/nmap', pid: 6812, ppid: 400, key: 'exec', success: 'yes' },
    });
  });

  it('show connections over IPv4 that came about, as the rule asks, and no others', async () => {
    const connected = connection({ ...onLinux });
    const refused = connection({ ...onLinux, 'event.outcome': 'failure', 'event.reason': 'refused' });
    const v6 = connection({ ...onLinux, 'network.type': 'ipv6' });
    const { events } = deriveAudit([connected, refused, v6], context);
    expect(typesOf(events)).to.deep.equal(['SYSCALL', 'SOCKADDR']);
    const [, address] = await productRows('auditd', events);
    expect(address).to.include({ saddr_fam: 'inet', laddr: '203.0.113.7', lport: 8443 });
  });

  it('say of each record that it was made from the trace, and belong to the test that the trace says', () => {
    const { events } = deriveAudit([scan], context);
    for (const one of events)
      expect(one).to.include({ 'tocsin.variant': 'v1', 'tocsin.marks': '["synthetic-log-source"]' });
  });
});
