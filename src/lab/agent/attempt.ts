import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { isLoopback } from '../network.ts';
import type { AttemptInput, AttemptOutcome, AttemptTarget } from './protocol.ts';

/** Tries every target at once and says what came of each. */
export const attemptAll = ({ targets, timeoutMs, token }: AttemptInput): Promise<AttemptOutcome[]> =>
  Promise.all(
    targets.map(async (target) => ({
      ...target,
      outcome: await (target.protocol === 'tcp' ? attemptTcp : attemptUdp)(target, timeoutMs, token),
    })),
  );

interface End {
  readonly address?: string | undefined;
  readonly port?: number | undefined;
}

/**
 * Whether the far end is the near one. The kernel picks the port that an attempt is made from; when on a loopback address it picks the
 * very port that is tried, the attempt reaches itself, and says nothing of any listener.
 */
export const isItself = (near: End, far: End): boolean => near.port === far.port && near.address === far.address;

const attemptTcp = ({ address, port }: AttemptTarget, timeoutMs: number, token: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const finish = (outcome: string): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(timeoutMs, () => finish('timeout'));
    socket.once('connect', () => {
      const near = { address: socket.localAddress, port: socket.localPort };
      if (isItself(near, { address: socket.remoteAddress, port: socket.remotePort })) finish('ECONNREFUSED');
      else socket.end(token, () => finish('connected'));
    });
    socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
  });

const attemptUdp = ({ address, port }: AttemptTarget, timeoutMs: number, token: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    let outcome = 'timeout';
    const finish = (): void => {
      clearTimeout(timer);
      socket.close();
      resolve(outcome);
    };
    const timer = setTimeout(finish, timeoutMs);
    socket.on('message', (_, from) => {
      const near = { address: isLoopback(address) ? address : socket.address().address, port: socket.address().port };
      if (isItself(near, from)) return;
      outcome = 'answered';
      finish();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      outcome = error.code ?? error.message;
      finish();
    });
    socket.send(token, port, address, (error) => {
      if (error === null) outcome = 'sent';
    });
  });
