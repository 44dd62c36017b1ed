import { expect } from 'chai';
import type { LabEvent } from '../../../src/model/event.ts';
import { parseStep } from '../support/synthetic.ts';

const socket = 'socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 5<TCP:[99]>';
const connect = (result: string): string =>
  `connect(5<TCP:[99]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("10.0.0.2")}, 16) = ${result}`;
const inProgress = connect('-1 EINPROGRESS (Operation now in progress)');
const soError = (error: string, label = 'TCP:[99]'): string =>
  `getsockopt(5<${label}>, SOL_SOCKET, SO_ERROR, [${error}], [4]) = 0`;
const established = 'TCP:[10.0.0.1:5000->10.0.0.2:80]';

const attempts = async (lines: readonly string[]): Promise<readonly LabEvent[]> =>
  (await parseStep(lines)).events.filter((event) => event['event.action'] === 'connect');

const outcomes = async (...lines: readonly string[]): Promise<string[]> =>
  (await attempts(lines)).map((event) => [event['event.outcome'], event['event.reason']].filter(Boolean).join(' '));

describe('the outcome of a connect', () => {
  for (const [errno, outcome] of [
    ['ECONNREFUSED (Connection refused)', 'failure refused'],
    ['ETIMEDOUT (Connection timed out)', 'failure timeout'],
    ['EHOSTUNREACH (No route to host)', 'failure unreachable'],
    ['ENETUNREACH (Network is unreachable)', 'failure unreachable'],
    ['ECONNRESET (Connection reset by peer)', 'failure reset'],
    ['ECONNABORTED (Software caused connection abort)', 'failure aborted'],
    ['EADDRNOTAVAIL (Cannot assign requested address)', 'failure EADDRNOTAVAIL'],
  ] as const) {
    it(`is ${outcome} at ${errno.split(' ')[0]}, at once or later`, async () => {
      expect(await outcomes(socket, connect(`-1 ${errno}`))).to.deep.equal([outcome]);
      expect(await outcomes(socket, inProgress, soError(errno.split(' ')[0] ?? ''))).to.deep.equal([outcome]);
    });
  }

  it('is success when it returns, when its error is read as none, or when data moves', async () => {
    expect(await outcomes(socket, connect('0'))).to.deep.equal(['success']);
    expect(await outcomes(socket, inProgress, soError('0', established))).to.deep.equal(['success']);
    expect(await outcomes(socket, inProgress, `sendto(5<${established}>, "x", 1, 0, NULL, 0) = 1`)).to.deep.equal([
      'success',
    ]);
    expect(
      await outcomes(socket, inProgress, connect('-1 EISCONN (Transport endpoint is already connected)')),
    ).to.deep.equal(['success']);
  });

  it('belongs to one attempt, however often the program asks', async () => {
    expect(
      await outcomes(socket, inProgress, connect('-1 EALREADY (Operation already in progress)'), connect('0')),
    ).to.deep.equal(['success']);
    expect(
      await outcomes(socket, connect('? ERESTARTSYS (To be restarted if SA_RESTART is set)'), connect('0')),
    ).to.deep.equal(['success']);
    expect(await outcomes(socket, connect('-1 ECONNREFUSED (x)'), connect('0')), 'a second attempt').to.deep.equal([
      'failure refused',
      'success',
    ]);
  });

  it('is revised when the program asked too early', async () => {
    expect(await outcomes(socket, inProgress, soError('0'), soError('ECONNREFUSED'))).to.deep.equal([
      'failure refused',
    ]);
    expect(
      await outcomes(socket, inProgress, soError('0', established), soError('ECONNRESET')),
      'it stood before',
    ).to.deep.equal(['success']);
  });

  it('is a timeout after a long wait and unknown after a short one, when nobody asked', async () => {
    const later = '20| 101.700000 +++ exited with 0 +++';
    expect(await outcomes(socket, inProgress, later)).to.deep.equal(['failure timeout']);
    expect(await outcomes(socket, inProgress, '+++ exited with 0 +++')).to.deep.equal(['unknown unresolved']);
    expect(await outcomes(socket, inProgress), 'the trace ends').to.deep.equal(['unknown unresolved']);
  });

  it('is settled when the descriptor is given to something else', async () => {
    const reuse = '101.900000 openat(AT_FDCWD</>, "/etc/hosts", O_RDONLY) = 5</etc/hosts>';
    const [event] = await attempts([socket, inProgress, reuse]);
    expect(event).to.include({ 'event.outcome': 'failure', 'event.reason': 'timeout', 'event.end': 101_900_000 });
  });

  it('waits for the child that holds the socket too', async () => {
    const fork = 'clone(child_stack=NULL, flags=SIGCHLD) = 21';
    expect(
      await outcomes(socket, inProgress, fork, '+++ exited with 0 +++', `21| ${soError('ECONNREFUSED')}`),
    ).to.deep.equal(['failure refused']);
  });

  it('has its time, its end, its lines and its sides', async () => {
    const [event] = await attempts([socket, inProgress, soError('0', established)]);
    expect(event).to.include({
      '@timestamp': 101_000_001,
      'event.end': 101_000_002,
      'tocsin.raw': 'trace:5,6',
      'source.ip': '10.0.0.1',
      'source.port': 5000,
      'destination.ip': '10.0.0.2',
      'destination.port': 80,
      'network.transport': 'tcp',
      'network.type': 'ipv4',
      'network.direction': 'egress',
    });
  });

  it('takes the local port from getsockname when no label shows it, and never an unspecified address', async () => {
    const name =
      'getsockname(5<TCP:[99]>, {sa_family=AF_INET, sin_port=htons(57994), sin_addr=inet_addr("0.0.0.0")}, [16]) = 0';
    const [event] = await attempts([socket, connect('-1 ECONNREFUSED (x)'), name]);
    expect(event).to.include({ 'source.port': 57994 });
    expect(event?.['source.ip']).to.equal(undefined);
  });
});

describe('what is no connection', () => {
  it('is a UDP connect, a Unix socket, a dissolved one', async () => {
    expect(
      await outcomes(
        'socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 6<UDP:[98]>',
        'connect(6<UDP:[98]>, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.2")}, 16) = 0',
        'connect(7<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0',
        socket,
        'connect(5<TCP:[99]>, {sa_family=AF_UNSPEC, sa_data="\\0"}, 16) = 0',
      ),
    ).to.deep.equal([]);
  });
});

describe('accept', () => {
  it('has the peer’s address and the time at which it returned', async () => {
    const { events } = await parseStep([
      'accept4(3<TCP:[10.0.0.1:80]>,  <unfinished ...>',
      '101.500000 <... accept4 resumed>NULL, NULL, SOCK_CLOEXEC) = 4<TCP:[10.0.0.1:80->10.0.0.9:4000]>',
      'accept4(3<TCP:[10.0.0.1:80]>, 0x7ffe, [112], 0) = -1 EAGAIN (Resource temporarily unavailable)',
    ]);
    expect(events.filter((event) => event['event.action'] === 'accept')).to.have.length(1);
    expect(events.at(-1)).to.include({
      '@timestamp': 101_500_000,
      'source.ip': '10.0.0.9',
      'source.port': 4000,
      'destination.ip': '10.0.0.1',
      'destination.port': 80,
      'network.direction': 'ingress',
    });
  });
});
