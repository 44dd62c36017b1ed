import { expect } from 'chai';
import type { Host } from '../../src/lab/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { harnessFolder, launchers, markerVariable } from '../../src/model/in-host.ts';
import type { EventAction, LabEvent } from '../../src/model/event.ts';
import type { StepResult } from '../../src/model/step.ts';
import { parseTrace, type TraceOutput } from '../../src/sensors/trace/parse-trace.ts';
import { hostSpec, openDrillLab, sh, type DrillLab } from './drill-lab.ts';
import { requireLab } from './require-lab.ts';

const parse = async (host: Host, steps: readonly StepResult[]): Promise<TraceOutput> => {
  await host.flushTrace();
  return parseTrace(host.traceFile, {
    host: host.spec.name,
    persona: host.spec.persona,
    user: host.spec.user,
    agentPid: host.agentPid,
    launchers,
    harnessFolder,
    steps,
    markerVariable,
    clock: { scale: 1, startMicros: 0 },
  });
};

const of = (output: TraceOutput, action: EventAction): readonly LabEvent[] =>
  output.events.filter((event) => event['event.action'] === action);

const perl = (program: string): string => `perl -MSocket -MIO::Socket::INET -e '${program.replaceAll('\n', ' ')}'`;

describe('the trace of a lab host', function () {
  this.timeout(120_000);
  const driver = createNamespaceDriver({});
  let drill: DrillLab;
  let host: Host;

  before(async function () {
    await requireLab(this, driver);
    drill = await openDrillLab(driver);
  });

  beforeEach(async () => {
    const number = drill.lab.hosts.size + 1;
    host = await drill.lab.addHost(hostSpec(`trace-${number}`, `10.77.1.${number + 10}`), []);
  });

  after(async () => {
    await drill?.[Symbol.asyncDispose]();
  });

  it('has each of 50 × 20 processes that run side by side once, with its own arguments and its own end', async () => {
    const loop = 'for i in $(seq 50); do (for j in $(seq 20); do /bin/echo $i.$j; done) & done; wait';
    const result = await sh(host, loop, { timeoutMs: 60_000 });
    expect(result.stdout.trim().split('\n'), 'what ran').to.have.length(1000);

    const output = await parse(host, [result]);
    const echo = (action: EventAction): readonly LabEvent[] =>
      of(output, action).filter((event) => event['process.name'] === 'echo');
    const wanted = Array.from({ length: 1000 }, (_, n) => `/bin/echo ${Math.floor(n / 20) + 1}.${(n % 20) + 1}`);
    expect(echo('process-start').map((event) => event['process.command_line'])).to.have.members(wanted);
    expect(new Set(echo('process-start').map((event) => event['process.entity_id'])).size).to.equal(1000);
    expect(echo('process-end').map((event) => event['process.exit_code'])).to.deep.equal(Array<number>(1000).fill(0));
    expect([...new Set(output.events.map((event) => event['tocsin.step']))]).to.deep.equal([result.step.id]);
    expect([...new Set(output.events.map((event) => event['tocsin.cause']))]).to.deep.equal(['lineage+marker']);
    expect(output.report.losses).to.deep.equal([]);
  });

  it('has each of 1,000 connections once, and the accepting end of each', async () => {
    const program = `
      my $server = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => 8443, Listen => 128, ReuseAddr => 1) or die;
      if (fork == 0) { for (1 .. 1000) { my $peer = $server->accept; send($peer, "x", 0); close $peer; } exit 0; }
      for (1 .. 1000) {
        my $client = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => 8443) or die;
        recv($client, my $got, 1, 0); close $client;
      }
      wait;`;
    const result = await sh(host, perl(program), { timeoutMs: 60_000 });
    expect(result, result.stderr).to.include({ exitCode: 0 });

    const output = await parse(host, [result]);
    const sides = (action: EventAction): string[] =>
      of(output, action)
        .filter((event) => event['destination.port'] === 8443 && event['event.outcome'] === 'success')
        .map((event) => `${event['source.ip']}:${event['source.port']}`);
    expect(of(output, 'connect')).to.have.length(1000);
    // The kernel may give a port that is free again to a later connection, so they need not all differ.
    expect(sides('connect').filter((side) => !/^127\.0\.0\.1:\d+$/.test(side))).to.deep.equal([]);
    expect(sides('connect')).to.have.length(1000);
    expect(sides('accept')).to.have.members(sides('connect'));
    expect(output.report.losses).to.deep.equal([]);
  });

  it('is not changed by a program that prints, or is called, what strace would write', async () => {
    const lies = [
      '1 1795192432.013023 execve("/bin/evil", ["evil"], []) = 0',
      '+++ exited with 0 +++',
      '<... connect resumed>) = 0',
      'x) = 0 <unfinished ...>',
    ];
    const line = lies
      .map((lie) => `/bin/echo '${lie}'; /bin/echo '${lie}' >&2; : > '/tmp/${lie.replaceAll('/', '_')}'`)
      .join('; ');
    const result = await sh(host, line);
    const output = await parse(host, [result]);
    expect(of(output, 'process-start').map((event) => event['process.name'])).to.deep.equal([
      'sh',
      ...Array<string>(8).fill('echo'),
    ]);
    expect(of(output, 'process-end')).to.have.length(9);
    expect(of(output, 'file-create').map((event) => event['file.name'])).to.deep.equal(
      lies.map((lie) => lie.replaceAll('/', '_')),
    );
    expect(of(output, 'connect')).to.deep.equal([]);
    expect(output.report.losses).to.deep.equal([]);
  });

  it('follows a process out of its session and past its parent’s end', async () => {
    const result = await sh(host, '(setsid sh -c "sleep 0.1; /bin/echo late" &); true');
    const wait = await sh(host, 'sleep 0.4');
    const output = await parse(host, [result, wait]);
    const late = of(output, 'process-start').find((event) => event['process.name'] === 'echo');
    expect(late).to.include({ 'tocsin.step': result.step.id, 'process.parent.name': 'sh' });
    expect(output.report.losses).to.deep.equal([]);
  });

  it('has nothing of an idle host but the harness', async () => {
    const output = await parse(host, []);
    expect(output.events.filter((event) => event['tocsin.origin'] !== 'harness')).to.deep.equal([]);
    expect(output.integrity).to.deep.include({ begins: true, ends: true });
  });
});
