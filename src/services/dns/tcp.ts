import { createServer, type Server } from 'node:net';

/** RFC 1035 §4.2.2: each message follows its length in two octets. `respond` gives null to close without an answer. */
export const createTcpServer = (
  respond: (request: Uint8Array, client: { readonly ip: string; readonly port: number }) => Uint8Array | null,
  idleMs = 10_000,
): Server =>
  createServer((socket) => {
    let rest = Buffer.alloc(0);
    // Asked early: a socket that is closed has forgotten it.
    const client = { ip: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    // A client that goes away in the middle is its own loss.
    socket.on('error', () => socket.destroy());
    socket.setTimeout(idleMs, () => socket.destroy());
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
        const end = 2 + rest.readUInt16BE(0);
        const response = respond(rest.subarray(2, end), client);
        rest = rest.subarray(end);
        if (response === null) {
          socket.destroy();
          return;
        }
        const length = Buffer.alloc(2);
        length.writeUInt16BE(response.length);
        socket.write(Buffer.concat([length, response]));
      }
    });
  });
