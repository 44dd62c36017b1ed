import type { Socket } from 'node:net';
import { noResult } from '../engine/results.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { PsObject, type Value } from '../values/value.ts';
import { asMethod, methodFailure } from './method-failure.ts';
import { createNetworkStream } from './network-stream.ts';
import { createAsyncResult, createTask } from './task.ts';
import { SocketFailure, type TcpConnector } from './tcp.ts';

const portOf = (value: Value | undefined): number => Number(coerceNumber(value ?? null)?.value ?? 0);

/** A System.Net.Sockets.TcpClient. `[host, port]` connects at once. */
export const createTcpClient = async (tcp: TcpConnector, args: readonly Value[]): Promise<PsObject> => {
  let socket: Socket | null = null;
  let isClosed = false;

  const connect = async (host: Value | undefined, port: Value | undefined): Promise<void> => {
    const made = await tcp.connect(toText(host ?? null), portOf(port));
    if (isClosed) {
      made.destroy();
      return;
    }
    socket = made;
    client.set('Connected', true);
    made.once('close', () => client.set('Connected', false));
  };

  const start = ([host, port]: readonly Value[]): Promise<void> => {
    const work = connect(host, port);
    // Whoever waits for it learns how it ended; nobody has to, but a gap of the persona must not pass for a connection refused.
    work.catch((error: unknown) => {
      if (!(error instanceof SocketFailure)) tcp.fail(error);
    });
    return work;
  };

  const pending = new WeakMap<object, Promise<void>>();
  const close = (): Value => {
    isClosed = true;
    socket?.destroy();
    client.set('Connected', false);
    return noResult;
  };

  const client = new PsObject(
    ['System.Net.Sockets.TcpClient'],
    [
      ['Connected', false],
      ['ReceiveTimeout', 0],
      ['SendTimeout', 0],
      ['NoDelay', false],
    ],
    {
      methods: {
        connect: async (given) => {
          await asMethod('Connect', given.length, () => connect(given[0], given[1]));
          return noResult;
        },
        connectasync: (given) => createTask(start(given)),
        beginconnect: (given) => {
          const work = start(given);
          const result = createAsyncResult(work);
          pending.set(result, work);
          return result;
        },
        endconnect: async ([result]) => {
          await asMethod('EndConnect', 1, () => pending.get(result as object) ?? Promise.resolve());
          return noResult;
        },
        getstream: () => {
          if (socket !== null && !socket.destroyed) return createNetworkStream(socket);
          throw methodFailure(
            'GetStream',
            0,
            'System.InvalidOperationException',
            'The operation is not allowed on non-connected sockets.',
          );
        },
        close,
        dispose: close,
      },
      missing: ['Client', 'Available', 'ExclusiveAddressUse', 'LingerState', 'ReceiveBufferSize', 'SendBufferSize'],
    },
  );
  if (args.length > 0) await asMethod('.ctor', args.length, () => connect(args[0], args[1]));
  return client;
};
