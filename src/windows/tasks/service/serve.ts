import { createServer, type Server } from 'node:net';
import type { CallerRequest, SchedulerReply } from '../protocol.ts';
import type { Scheduler } from './scheduler.ts';

/** No task comes near this. */
const longestRequest = 1 << 20;

/** Answers one request a connection. What is no request gets none. */
export const serveScheduler = (scheduler: Scheduler, socketPath: string): Promise<Server> => {
  const server = createServer((socket) => {
    let text = '';
    let asked = false;
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > longestRequest) socket.destroy();
      if (asked || !text.includes('\n')) return;
      asked = true;
      const request = readRequest(text);
      if (request === null) socket.destroy();
      else
        void scheduler.handle(request).then(
          (reply) => end(reply),
          () => socket.destroy(),
        );
    });
    const end = (reply: SchedulerReply): void => void socket.end(`${JSON.stringify(reply)}\n`);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => resolve(server));
  });
};

const readRequest = (line: string): CallerRequest | null => {
  try {
    const { caller, request } = JSON.parse(line) as CallerRequest;
    return typeof caller.pid === 'number' && typeof request.operation === 'string' ? { caller, request } : null;
  } catch {
    return null;
  }
};
