import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import { attemptAll, isItself } from '../../../src/lab/agent/attempt.ts';

describe('an attempt to leave a lab', () => {
  it('that reached itself, by a port that the kernel chose, is told from one that was answered', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    // Nobody listens, and the kernel connects it: a simultaneous open with itself.
    const socket = connect({ host: '127.0.0.1', port, localPort: port });
    await once(socket, 'connect');
    const near = { address: socket.localAddress, port: socket.localPort };
    expect(isItself(near, { address: socket.remoteAddress, port: socket.remotePort })).to.equal(true);
    socket.destroy();
  });

  it('is told as answered when somebody else answers', async () => {
    const answering = createSocket('udp4');
    answering.on('message', (_, from) => answering.send('yes', from.port, from.address));
    answering.bind(0, '127.0.0.1');
    await once(answering, 'listening');
    const target = { protocol: 'udp', address: '127.0.0.1', port: answering.address().port } as const;
    const [outcome] = await attemptAll({ targets: [target], timeoutMs: 5000, token: 'hello' });
    expect(outcome).to.deep.equal({ ...target, outcome: 'answered' });
    answering.close();
  });
});
