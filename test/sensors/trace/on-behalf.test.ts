import { expect } from 'chai';
import type { LabEvent } from '../../../src/model/event.ts';
import type { HandoverStatement } from '../../../src/model/in-host.ts';
import type { ReceivedHandover } from '../../../src/sensors/records/read-handovers.ts';
import type { TraceOutput } from '../../../src/sensors/trace/parse-trace.ts';
import { stepResult } from '../support/fixture.ts';
import { agent, parseText, root } from '../support/synthetic.ts';

const furniture = 'web/service/windows';
const system32 = '/C:/Windows/System32';
const manager = 30;
const service = 31;
const client = 40;
const task = 50;
const taskFile = `${system32}/Tasks/Health`;

const start = (pid: number, path: string, line: string, marker = 'step-1'): string =>
  `${pid} execve("${path}", ["${path}", "${line}"], ["TOCSIN_STEP=${marker}"]) = 0`;
const fork = (pid: number, child: number): string => `${pid} clone(child_stack=NULL, flags=SIGCHLD) = ${child}`;

/** A host whose service writes a task's file and starts a process, for what the client asks. Times are seconds after 100. */
const lines = (connects: string): readonly (readonly [second: number, line: string])[] => [
  [0, `${agent} execve("/.tocsin/node", ["node", "agent.mjs"], ["PATH=/usr/bin"]) = 0`],
  [1, fork(agent, manager)],
  [1, start(manager, `${system32}/services.exe`, 'services.exe', furniture)],
  [1, fork(manager, service)],
  [1, start(service, `${system32}/svchost.exe`, 'svchost.exe -k netsvcs -p -s Schedule', furniture)],
  [2, fork(agent, root)],
  [2, start(root, `${system32}/cmd.exe`, 'cmd.exe /c schtasks')],
  [2, fork(root, client)],
  [2, start(client, `${system32}/schtasks.exe`, 'schtasks /create')],
  [3, connects],
  [4, `${service} openat(AT_FDCWD, "${taskFile}", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 9<${taskFile}>`],
  [4, `${client} exit_group(0) = ?`],
  [4, `${client} +++ exited with 0 +++`],
  [5, fork(service, task)],
  [
    5,
    `${task} execve("${system32}/powershell.exe", ["${system32}/powershell.exe", "powershell.exe -w hidden"], []) = 0`,
  ],
  [6, fork(task, task + 1)],
  [6, start(task + 1, `${system32}/cmd.exe`, 'cmd.exe /c whoami')],
];

const connected = `${client} connect(3, {sa_family=AF_UNIX, sun_path=@"tocsin/task-scheduler"}, 24) = 0`;

const text = (connects: string): string =>
  lines(connects)
    .map(([second, line], index) => {
      const [pid = '', ...rest] = line.split(' ');
      return `${pid} ${100 + second}.${String(index).padStart(6, '0')} ${rest.join(' ')}\n`;
    })
    .join('');

const said = (second: number, statement: HandoverStatement): ReceivedHandover => ({
  statement: { ...statement, pid: service, timeMicros: 0 },
  receivedMicros: (100 + second) * 1_000_000 + 500,
});

const honest: readonly ReceivedHandover[] = [
  said(3.5, { request: 1, client }),
  said(3.6, { request: 1, file: taskFile }),
  said(5.5, { request: 1, started: task, user: 'NT AUTHORITY\\SYSTEM' }),
];

const context = {
  persona: 'windows' as const,
  user: 'LAB\\analyst',
  steps: [
    stepResult(furniture, manager, 101_000_000, 101_000_000, 0, 'service'),
    stepResult('step-1', root, 102_000_000, 106_000_000),
  ],
};

const parse = (handovers: readonly ReceivedHandover[], connects = connected): Promise<TraceOutput> =>
  parseText(text(connects), context, handovers);

const eventOf = ({ events }: TraceOutput, action: string, pid: number): Partial<LabEvent> =>
  events.find((event) => event['event.action'] === action && event['process.pid'] === pid) ?? {};

const causeOf = (event: Partial<LabEvent>): unknown[] => [
  event['tocsin.origin'],
  event['tocsin.step'],
  event['tocsin.cause'],
];

describe('what a service of a Windows host does for another process', () => {
  it('belongs to the step whose process asked: its files, its processes, and what those start', async () => {
    const output = await parse(honest);
    expect(causeOf(eventOf(output, 'file-create', service))).to.deep.equal(['test', 'step-1', 'task']);
    expect(causeOf(eventOf(output, 'process-start', task))).to.deep.equal(['test', 'step-1', 'task']);
    expect(causeOf(eventOf(output, 'process-start', task + 1))).to.deep.equal(['test', 'step-1', 'task+marker']);
    expect(output.report.losses).to.deep.equal([]);
  });

  it('is still done by the service: it is the parent, and the user is the one that it named', async () => {
    const output = await parse(honest);
    expect(eventOf(output, 'process-start', task)).to.include({
      'process.parent.name': 'svchost.exe',
      'process.parent.command_line': 'svchost.exe -k netsvcs -p -s Schedule',
      'process.parent.user.name': 'SYSTEM',
      'process.parent.user.domain': 'NT AUTHORITY',
      'process.grandparent.name': 'services.exe',
      'user.name': 'SYSTEM',
    });
    expect(eventOf(output, 'process-start', client)).to.include({ 'user.name': 'analyst', 'user.domain': 'LAB' });
    expect(eventOf(output, 'file-create', service)).to.include({ 'process.name': 'svchost.exe' });
  });

  it('is a connection too, by the service and of the step, where the service has named its peer before', async () => {
    const call = (ip: string): string =>
      `${service} 104.900000 connect(11<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("${ip}")}, 16) = 0\n`;
    const bits = text(connected.replace('task-scheduler', 'bits')).replace('-s Schedule', '-s BITS');
    const at = bits.indexOf(`${service} 105.`);
    const trace = bits.slice(0, at) + call('10.0.0.1') + bits.slice(at);
    const named = [...honest, said(4.5, { request: 1, peer: '10.0.0.1 80' })];
    const connection = eventOf(await parseText(trace, context, named), 'connect', service);
    expect(connection).to.include({ 'process.name': 'svchost.exe', 'destination.ip': '10.0.0.1' });
    expect(causeOf(connection)).to.deep.equal(['test', 'step-1', 'bits']);
    const other = trace.replace('10.0.0.1', '10.0.0.2');
    expect(causeOf(eventOf(await parseText(other, context, named), 'connect', service))[0]).to.equal('service');
  });

  it("is nobody's when the process that it names never connected to it", async () => {
    const output = await parse(honest, `${client} connect(3, {sa_family=AF_UNIX, sun_path="/run/other"}, 24) = 0`);
    expect(causeOf(eventOf(output, 'process-start', task))).to.deep.equal(['background', undefined, undefined]);
    expect(causeOf(eventOf(output, 'file-create', service))[0]).to.equal('background');
    expect(output.report.losses.map(({ detail }) => detail).join()).to.include('requests to services that no process');
  });

  it("is nobody's when the service does not say for whom, and that is counted", async () => {
    const output = await parse(honest.slice(0, 2));
    expect(causeOf(eventOf(output, 'process-start', task))).to.deep.equal(['background', undefined, undefined]);
    expect(output.report.losses).to.have.length(1);
    expect(output.report.losses[0]).to.include({ kind: 'unlinked', count: 1 });
  });

  it('cannot be claimed by another process of the host: only what the harness started is a service', async () => {
    const claims = honest.map(({ statement, receivedMicros }) => ({
      statement: { ...statement, pid: root },
      receivedMicros,
    }));
    const output = await parse([
      ...claims,
      said(3.5, { request: 1, client }),
      said(5.5, { request: 1, started: task, user: 'LAB\\analyst' }),
    ]);
    expect(causeOf(eventOf(output, 'file-create', service))[0]).to.equal('service');
    expect(eventOf(output, 'process-start', task)['user.name']).to.equal('analyst');
  });

  it('leaves a service without requests in no product table', async () => {
    const output = await parse(honest);
    expect(causeOf(eventOf(output, 'process-start', manager))[0]).to.equal('service');
    expect(causeOf(eventOf(output, 'process-start', service))[0]).to.equal('service');
  });
});
