import { setTimeout as delay } from 'node:timers/promises';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { HarnessError } from '../../model/harness-error.ts';
import type { AttemptTarget } from '../agent/protocol.ts';

/** Listeners on the machine, one TCP and one UDP for every address it has. A sealed lab never reaches one. */
export interface Canaries extends AsyncDisposable {
  readonly targets: readonly AttemptTarget[];
  /** What was heard until now. */
  readonly heard: readonly string[];
}

/** `addresses` are the machine's, link-local ones with their interface: `fe80::1%eth0`. */
export const openCanaries = async (addresses: readonly string[]): Promise<Canaries> => {
  const heard: string[] = [];
  const opened = await Promise.all(addresses.flatMap((address) => [openTcp(address, heard), openUdp(address, heard)]));
  return {
    targets: opened.map(({ target }) => target),
    heard,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map(({ close }) => close()));
    },
  };
};

interface Canary {
  readonly target: AttemptTarget;
  readonly close: () => Promise<unknown>;
}

const openTcp = async (address: string, heard: string[]): Promise<Canary> => {
  const server: Server = createServer((socket) => {
    heard.push(`tcp ${address} was reached from ${socket.remoteAddress ?? 'an unknown address'}`);
    socket.on('error', () => undefined);
    socket.destroy();
  });
  await untilUsable(address, async () => {
    server.listen(0, address);
    await once(server, 'listening');
  });
  const { port } = server.address() as AddressInfo;
  return {
    target: { protocol: 'tcp', address, port },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};

const openUdp = async (address: string, heard: string[]): Promise<Canary> => {
  const socket: Socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (_, from) => heard.push(`udp ${address} was reached from ${from.address}`));
  await untilUsable(address, async () => {
    socket.bind(0, address);
    await once(socket, 'listening');
  });
  return {
    target: { protocol: 'udp', address, port: socket.address().port },
    close: () => new Promise<void>((resolve) => socket.close(resolve)),
  };
};

/** An IPv6 address that just came up is not usable for the second in which the machine looks for another owner (RFC 4862). */
const patienceMs = 4000;
const retryMs = 100;

const untilUsable = async (address: string, listen: () => Promise<void>): Promise<void> => {
  for (let waited = 0; ; waited += retryMs) {
    try {
      return await listen();
    } catch (cause) {
      if (waited >= patienceMs || (cause as NodeJS.ErrnoException).code !== 'EADDRNOTAVAIL') {
        throw new HarnessError(`no listener on the machine's address ${address}: the seal cannot be proved`, {
          code: 'lab/seal-unproved',
          cause,
        });
      }
      await delay(retryMs);
    }
  }
};
