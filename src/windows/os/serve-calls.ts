import { createServer, type Server } from 'node:net';
import type { Caller } from './service-call.ts';

/** No request comes near this. */
const longestRequest = 1 << 20;

export interface ServiceCall<Request> {
  readonly caller: Caller;
  readonly request: Request;
}

/** Answers one request a connection, a line each. What is no request gets no answer. An abstract socket begins with `@`. */
export const serveCalls = <Request extends { readonly operation: string }>(
  socketPath: string,
  handle: (call: ServiceCall<Request>) => Promise<unknown>,
): Promise<Server> => {
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
      const call = readCall<Request>(text);
      if (call === null) socket.destroy();
      else
        void handle(call).then(
          (reply) => void socket.end(`${JSON.stringify(reply)}\n`),
          () => socket.destroy(),
        );
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath.replace(/^@/, '\0'), () => resolve(server));
  });
};

const readCall = <Request extends { readonly operation: string }>(line: string): ServiceCall<Request> | null => {
  try {
    const { caller, request } = JSON.parse(line) as ServiceCall<Request>;
    return typeof caller.pid === 'number' && typeof request.operation === 'string' ? { caller, request } : null;
  } catch {
    return null;
  }
};
