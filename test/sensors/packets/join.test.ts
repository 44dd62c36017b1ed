import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { LabEvent } from '../../../src/model/event.ts';
import { joinPackets, type PacketsOutput } from '../../../src/sensors/packets/join-packets.ts';
import type { CapturedFrame } from '../../support/frames.ts';
import { pcapng, tcp, udp, type PcapngOptions } from '../../support/frames.ts';
import { defaultContext, parseStep, root } from '../support/synthetic.ts';

interface Captures {
  readonly loopback?: readonly CapturedFrame[];
  readonly bridge?: readonly CapturedFrame[];
  readonly statistics?: PcapngOptions['statistics'];
}

/** One host, 10.0.0.1, whose only step does what the lines say. */
const joined = async (
  lines: readonly string[],
  { loopback = [], bridge = [], statistics }: Captures,
): Promise<PacketsOutput> => {
  const folder = mkdtempSync(join(tmpdir(), 'packets-test-'));
  try {
    const trace = await parseStep(lines);
    const [file, bridges] = [join(folder, 'packets.pcapng'), join(folder, 'bridges.pcapng')];
    writeFileSync(
      file,
      pcapng(loopback, { interfaces: [{ name: 'lo' }], ...(statistics === undefined ? {} : { statistics }) }),
    );
    writeFileSync(bridges, pcapng(bridge, { interfaces: [{ name: 'zone0' }] }));
    return await joinPackets([{ context: defaultContext, address: '10.0.0.1', bridge: 'zone0', trace, file }], bridges);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const traced = (output: PacketsOutput, action: string): readonly LabEvent[] =>
  (output.hosts.get('web')?.trace.events ?? []).filter((event) => event['event.action'] === action);

const seen = (output: PacketsOutput): readonly LabEvent[] => output.hosts.get('web')?.packets.events ?? [];

const losses = (output: PacketsOutput): readonly string[] =>
  (output.hosts.get('web')?.packets.report.losses ?? []).map(
    ({ kind, count, detail }) => `${count} ${kind}: ${detail}`,
  );

/** Lines are a microsecond apart from here on; so are these frames, in the middle of them. */
const at = (micros: number, bytes: Buffer): CapturedFrame => ({ micros: 101_000_000 + micros, bytes });

const [there, back] = ['10.0.0.1:5000 > 10.0.0.2:80', '10.0.0.2:80 > 10.0.0.1:5000'];
const conversation = [
  at(2, tcp(there, { sequence: 0, flags: ['syn'] })),
  at(3, tcp(back, { sequence: 0, flags: ['syn', 'ack'] })),
  at(4, tcp(there, { sequence: 1, payload: Buffer.from('GET /') })),
  at(5, tcp(back, { sequence: 1, payload: Buffer.from('no such page') })),
];
const socket = 'socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5<TCP:[99]>';
const connect = (result: string): string =>
  `connect(5<TCP:[99]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("10.0.0.2")}, 16) = ${result}`;

describe('a connection of the trace', () => {
  it('gets its bytes and its local port from its packets', async () => {
    const output = await joined([socket, connect('0')], { bridge: conversation });
    expect(traced(output, 'connect')).to.have.length(1);
    expect(traced(output, 'connect')[0]).to.include({
      ...{ 'source.ip': '10.0.0.1', 'source.port': 5000, 'source.bytes': 5, 'destination.bytes': 12 },
      ...{ 'network.bytes': 17, 'source.packets': 2, 'destination.packets': 2, 'network.packets': 4 },
      ...{ 'process.pid': root, 'event.outcome': 'success' },
    });
    expect(seen(output)).to.deep.equal([]);
    expect(losses(output)).to.deep.equal([]);
  });

  it('whose outcome nobody asked for gets that from its packets, and keeps what the kernel said where it did', async () => {
    const refused = [conversation[0]!, at(3, tcp(back, { flags: ['rst', 'ack'] }))];
    const pending = connect('-1 EINPROGRESS (Operation now in progress)');
    const outcomeOf = async (lines: readonly string[], bridge: readonly CapturedFrame[]): Promise<string> => {
      const [event] = traced(await joined(lines, { bridge }), 'connect');
      return [event?.['event.outcome'], event?.['event.reason']].filter(Boolean).join(' ');
    };
    expect(await outcomeOf([socket, pending], refused)).to.equal('failure refused');
    expect(await outcomeOf([socket, pending], conversation)).to.equal('success');
    expect(await outcomeOf([socket, pending], conversation.slice(0, 1))).to.equal('failure timeout');
    const asked = 'getsockopt(5<TCP:[99]>, SOL_SOCKET, SO_ERROR, [0], [4]) = 0';
    expect(await outcomeOf([socket, pending, asked], refused)).to.equal('failure refused');
    expect(await outcomeOf([socket, connect('-1 ETIMEDOUT (Connection timed out)')], conversation)).to.equal(
      'failure timeout',
    );
  });

  it('finds its own packets among those of others to the same server: by its port, else in the order of time', async () => {
    const other = (port: number, when: number, payload: string): readonly CapturedFrame[] => [
      at(when, tcp(`10.0.0.1:${port} > 10.0.0.2:80`, { sequence: 0, flags: ['syn'] })),
      at(when + 1, tcp(`10.0.0.2:80 > 10.0.0.1:${port}`, { flags: ['syn', 'ack'] })),
      at(when + 2, tcp(`10.0.0.1:${port} > 10.0.0.2:80`, { sequence: 1, payload: Buffer.from(payload) })),
    ];
    const lines = [
      ...[socket, connect('0'), socket.replaceAll('5<', '6<'), connect('0').replace('5<', '6<')],
      'getsockname(6<TCP:[99]>, {sa_family=AF_INET, sin_port=htons(6001), sin_addr=inet_addr("10.0.0.1")}, [16]) = 0',
    ];
    const output = await joined(lines, { bridge: [...other(6001, 4, 'the second'), ...other(6000, 8, 'one')] });
    expect(traced(output, 'connect').map((event) => [event['source.port'], event['source.bytes']])).to.deep.equal([
      [6000, 3],
      [6001, 10],
    ]);
  });

  it('that no packets show is told', async () => {
    expect(losses(await joined([socket, connect('0')], {}))).to.deep.equal([
      '1 unlinked: connections that no packets show, for example: line 5 of the trace',
    ]);
    expect(losses(await joined([socket, connect('-1 ENETUNREACH (Network is unreachable)')], {}))).to.deep.equal([]);
  });

  it('that is accepted gets its bytes too', async () => {
    const accept =
      'accept(3<TCP:[0.0.0.0:80]>, {sa_family=AF_INET, sin_port=htons(5000), sin_addr=inet_addr("10.0.0.2")}, [16]) = 4<TCP:[10.0.0.1:80->10.0.0.2:5000]>';
    const output = await joined([accept], {
      bridge: [
        at(-9, tcp('10.0.0.2:5000 > 10.0.0.1:80', { sequence: 0, flags: ['syn'] })),
        at(-8, tcp('10.0.0.1:80 > 10.0.0.2:5000', { sequence: 0, flags: ['syn', 'ack'] })),
        at(5, tcp('10.0.0.2:5000 > 10.0.0.1:80', { sequence: 1, payload: Buffer.from('hello') })),
      ],
    });
    expect(traced(output, 'accept')[0]).to.include({ 'source.bytes': 5, 'destination.bytes': 0 });
    expect(seen(output)).to.deep.equal([]);
  });
});

describe('what only packets show', () => {
  const syn = at(2, tcp('127.0.0.1:5000 > 127.0.0.1:81', { sequence: 0, flags: ['syn'] }));
  const rst = at(3, tcp('127.0.0.1:81 > 127.0.0.1:5000', { flags: ['rst', 'ack'] }));

  it('is an event at the host that it reached, caused by who sent it', async () => {
    const lines = [
      socket,
      connect('-1 ECONNREFUSED (Connection refused)').replace('(80)', '(81)').replace('10.0.0.2', '127.0.0.1'),
    ];
    const output = await joined(lines, { loopback: [syn, rst] });
    expect(seen(output)).to.have.length(1);
    expect(seen(output)[0]).to.include({
      ...{
        'event.action': 'network-flow',
        'event.outcome': 'failure',
        'event.reason': 'refused',
        'network.direction': 'ingress',
      },
      ...{ 'destination.port': 81, 'tocsin.step': 'step-1', 'tocsin.cause': 'connection', 'tocsin.origin': 'test' },
      ...{ 'event.id': 'web:packets:1', 'tocsin.sensor': 'packets', 'tocsin.raw': 'packets:lo:1' },
    });
    expect(seen(output)[0]?.['process.pid']).to.equal(undefined);
    expect(losses(output)).to.deep.equal([]);
  });

  it('is of the step that has a raw socket, when one has', async () => {
    const output = await joined(['socket(AF_INET, SOCK_RAW, IPPROTO_TCP) = 5<RAW:[99]>'], {
      bridge: conversation.slice(0, 1),
    });
    expect(seen(output)[0]).to.include({
      ...{ 'network.direction': 'egress', 'tocsin.cause': 'raw-socket', 'tocsin.step': 'step-1', 'process.pid': root },
      ...{ 'event.outcome': 'failure', 'event.reason': 'timeout' },
    });
  });

  it('is background, and counted, when nobody in the lab sent it', async () => {
    const output = await joined([], { loopback: [syn, rst] });
    expect(seen(output)[0]).to.include({ 'tocsin.origin': 'background' });
    expect(losses(output)).to.deep.equal([
      '1 unlinked: inbound packets whose sender is not known, for example: frame 1',
    ]);
  });

  it('is nothing when the harness sent it', async () => {
    const agent =
      '10| connect(5<TCP:[99]>, {sa_family=AF_INET, sin_port=htons(81), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 ECONNREFUSED (Connection refused)';
    const output = await joined([`10| ${socket}`, agent], { loopback: [syn, rst] });
    expect(seen(output)).to.deep.equal([]);
    expect(losses(output)).to.deep.equal([]);
  });

  it('is a question for a name, of the process whose connection it went over', async () => {
    const message = Buffer.from('0007010000010000000000000161076578616d706c650000010001', 'hex');
    const length = Buffer.from([0, message.length]);
    const to = '10.0.0.1:5000 > 10.0.0.9:53';
    const bridge = [
      at(2, tcp(to, { sequence: 0, flags: ['syn'] })),
      at(3, tcp('10.0.0.9:53 > 10.0.0.1:5000', { sequence: 0, flags: ['syn', 'ack'] })),
      at(4, tcp(to, { sequence: 1, payload: Buffer.concat([length, message]) })),
    ];
    const lines = [socket, connect('0').replace('(80)', '(53)').replace('10.0.0.2', '10.0.0.9')];
    const [asked] = seen(await joined(lines, { bridge }));
    expect(asked).to.include({
      'event.action': 'dns-query',
      'dns.question.name': 'a.example',
      'dns.question.type': 'A',
      'process.pid': root,
    });
    expect(asked).to.include({ 'event.reason': 'no-answer', 'tocsin.step': 'step-1' });
  });

  it('are datagrams, of the process whose socket they left', async () => {
    const lines = [
      'socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 5<UDP:[99]>',
      'sendto(5<UDP:[99]>, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("10.0.0.2")}, 16) = 1',
    ];
    const output = await joined(lines, { bridge: [at(2, udp('10.0.0.1:4000 > 10.0.0.2:9', Buffer.from('x')))] });
    expect(seen(output)[0]).to.include({
      'process.pid': root,
      'source.bytes': 1,
      'network.transport': 'udp',
      'event.outcome': 'unknown',
    });
  });
});

describe('a capture', () => {
  it('that ends without its statistics says that its sensor was ended, and nothing may be judged', async () => {
    const output = await joined([], { statistics: null });
    expect(output.hosts.get('web')?.packets.broken).to.equal('the capture of lo does not end as its sensor ends it');
    expect(output.fabric.broken).to.equal(null);
  });

  it('says how many frames the kernel dropped, and how many were never written', async () => {
    const output = await joined([], { statistics: [{ received: 12, dropped: 7 }] });
    expect(losses(output)).to.deep.equal([
      '7 dropped: frames of lo that the kernel had no room for',
      '5 dropped: frames of lo that were not written',
    ]);
    expect(output.hosts.get('web')?.packets.broken).to.equal(null);
  });

  it('lets the trace say that it fills bytes', async () => {
    const { hosts } = await joined([], {});
    expect(hosts.get('web')?.trace.report.neverFills).to.not.include('source.bytes');
  });
});
