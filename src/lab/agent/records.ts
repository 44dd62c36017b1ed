import { chmodSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { recordLimit } from '../limits.ts';

export interface RecordsInbox {
  /** The record is on disk: its writer gets one newline and may go on. */
  acknowledge(record: number): void;
}

/** Takes native records, one JSON object a line, from components of the host. */
export const openRecords = (path: string, onRecord: (record: number, line: string) => void): Promise<RecordsInbox> => {
  const waiting = new Map<number, Socket>();
  let next = 0;
  const server = createServer((socket) => {
    let rest = '';
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        waiting.set(next, socket);
        onRecord(next, line);
        next += 1;
      }
      // Not a record of ours: whoever writes it finds its connection closed.
      if (rest.length > recordLimit) socket.destroy();
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      chmodSync(path, 0o666);
      resolve({
        acknowledge: (record) => {
          const socket = waiting.get(record);
          waiting.delete(record);
          if (socket?.writable === true) socket.write('\n');
        },
      });
    });
  });
};
