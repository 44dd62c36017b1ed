import type { Socket } from 'node:net';
import { convert } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { PsObject, type Value } from '../values/value.ts';
import { methodFailure } from './method-failure.ts';

const whole = (value: Value | undefined): number => Number(coerceNumber(value ?? null)?.value ?? 0);

const aborted =
  'Unable to write data to the transport connection: An existing connection was forcibly closed by the remote host.';

/** A System.Net.Sockets.NetworkStream: bytes out, bytes in. */
export const createNetworkStream = (socket: Socket): PsObject => {
  const write = (args: readonly Value[]): Promise<null> =>
    new Promise((resolve, reject) => {
      const bytes = convert(args[0] ?? null, 'byte[]') as Uint8Array;
      const part = bytes.subarray(whole(args[1]), whole(args[1]) + whole(args[2] ?? bytes.length));
      socket.write(part, (error) =>
        error ? reject(methodFailure('Write', args.length, 'System.IO.IOException', aborted)) : resolve(null),
      );
    });

  /** Fills the script's own array, as much as has come; waits for the first byte. */
  const read = async (args: readonly Value[]): Promise<number> => {
    const [buffer] = args;
    if (!(buffer instanceof Uint8Array))
      throw methodFailure('Read', args.length, 'System.ArgumentException', 'The buffer is no array of bytes.');
    while (socket.readableLength === 0 && !socket.readableEnded && !socket.destroyed)
      await new Promise<void>((resolve) => {
        const done = (): void => {
          socket.off('readable', done).off('end', done).off('close', done);
          resolve();
        };
        socket.once('readable', done).once('end', done).once('close', done);
      });
    const count = Math.min(whole(args[2]), socket.readableLength);
    const chunk = count === 0 ? null : (socket.read(count) as Buffer | null);
    if (chunk === null) return 0;
    buffer.set(chunk, whole(args[1]));
    return chunk.length;
  };

  const close = (): null => {
    socket.destroy();
    return null;
  };
  return new PsObject(
    ['System.Net.Sockets.NetworkStream'],
    [
      ['CanRead', true],
      ['CanWrite', true],
    ],
    {
      methods: { write, read, flush: () => null, close, dispose: close },
      missing: ['DataAvailable', 'ReadTimeout', 'WriteTimeout'],
    },
  );
};
