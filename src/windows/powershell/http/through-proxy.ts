import type http from 'node:http';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { HttpFailure } from './client.ts';

interface Target {
  readonly host?: string;
  readonly port?: number;
  readonly servername?: string;
  readonly ca?: string;
}

type Done = (error: Error | null, socket?: Socket) => void;

/** Longest head of an answer to CONNECT. */
const headLimit = 16_384;

/** An agent whose connections are tunnels (RFC 9110 §9.3.6), with TLS to the server inside. */
export const throughProxy = <A extends http.Agent>(agent: A, address: string, port: number): A =>
  Object.assign(agent, {
    createConnection: (target: Target, done: Done): undefined => {
      const name = `${target.host ?? ''}:${target.port ?? 443}`;
      const socket = connect({ host: address, port });
      let head = '';
      socket.once('error', done);
      socket.once('connect', () =>
        socket.write(`CONNECT ${name} HTTP/1.1\r\nHost: ${name}\r\nProxy-Connection: Keep-Alive\r\n\r\n`),
      );
      const onData = (chunk: Buffer): void => {
        head += chunk.toString('latin1');
        if (!head.includes('\r\n\r\n') && head.length < headLimit) return;
        socket.off('data', onData);
        const [, status = '', reason = ''] = /^HTTP\/1\.[01] (\d{3}) ?([^\r\n]*)/.exec(head) ?? [];
        if (status !== '200') {
          socket.destroy();
          const said = status === '' ? 'The server committed a protocol violation.' : `(${status}) ${reason}.`;
          done(new HttpFailure('ProtocolError', `The remote server returned an error: ${said}`));
          return;
        }
        const { servername = '', ca } = target;
        const secure = connectTls({ socket, servername, ...(ca === undefined ? {} : { ca }) }, () =>
          done(null, secure),
        );
        secure.once('error', done);
      };
      socket.on('data', onData);
    },
  });
