import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';

/** What a hostile or broken client may send: any bytes, and texts that begin as HTTP does and go wrong. */
export const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(
      fc.constantFrom('GET', 'POST', 'CONNECT', 'CONNEKT', 'get', ''),
      fc.constantFrom('/', 'http://', '*', 'a:0', 'a:99999', 'http://[::1', '%zz', `/${'x'.repeat(20_000)}`),
      fc.constantFrom('HTTP/1.1', 'HTTP/9.9', 'HTTP/1.0', ''),
      fc.constantFrom('Host: a', 'Content-Length: -1', 'Transfer-Encoding: chunked\r\nContent-Length: 3', 'x', '\0: 1'),
    )
    .map(([method, target, version, header]) => Buffer.from(`${method} ${target} ${version}\r\n${header}\r\n\r\n`)),
);

/** Sends it, takes what comes for a moment, and goes away; resolves when the connection is gone. */
export const throwAt = async (port: number, bytes: Buffer): Promise<Buffer> => {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => void chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.setTimeout(40, () => socket.destroy());
  socket.end(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks);
};
