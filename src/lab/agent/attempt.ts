import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import type { AttemptInput, AttemptOutcome, AttemptTarget } from './protocol.ts';

/** Tries every target at once and says what came of each. */
export const attemptAll = ({ targets, timeoutMs, token }: AttemptInput): Promise<AttemptOutcome[]> =>
  Promise.all(
    targets.map(async (target) => ({
      ...target,
      outcome: await (target.protocol === 'tcp' ? attemptTcp : attemptUdp)(target, timeoutMs, token),
    })),
  );

const attemptTcp = ({ address, port }: AttemptTarget, timeoutMs: number, token: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const finish = (outcome: string): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(timeoutMs, () => finish('timeout'));
    socket.once('connect', () => socket.end(token, () => finish('connected')));
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
    socket.once('message', () => {
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
