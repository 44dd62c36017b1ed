import type https from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { HttpFailure } from './client.ts';

export interface ProxyAddress {
  readonly address: string;
  readonly port: number;
}

type Created = (error: Error | null, stream: Duplex) => void;

/** HTTPS through a proxy: each connection is a tunnel that the proxy was asked for (RFC 9110 §9.3.6), and TLS inside. */
export const createTunnelAgent = async (
  options: https.AgentOptions,
  { address, port }: ProxyAddress,
): Promise<https.Agent> => {
  const [{ default: http }, { default: httpsModule }, { connect }] = await Promise.all([
    import('node:http'),
    import('node:https'),
    import('node:tls'),
  ]);

  const openTunnel = (target: string, tunnel: (error: Error | null, socket: Socket | null) => void): void => {
    const asked = http.request({
      ...{ host: address, port, method: 'CONNECT', path: target, agent: false, setDefaultHeaders: false, family: 4 },
    });
    asked.setHeader('Host', target);
    asked.setHeader('Proxy-Connection', 'Keep-Alive');
    asked.once('error', (error) => tunnel(error, null));
    asked.once('connect', (response, socket) => {
      const { statusCode: status = 0, statusMessage: reason = '' } = response;
      if (status === 200) return tunnel(null, socket);
      socket.destroy();
      const message = `The remote server returned an error: (${status}) ${reason}.`;
      tunnel(new HttpFailure('ProtocolError', message, status), null);
    });
    asked.end();
  };

  return new (class extends httpsModule.Agent {
    override createConnection(to: https.RequestOptions, created: Created): undefined {
      openTunnel(`${to.host ?? ''}:${to.port ?? 443}`, (error, socket) => {
        if (socket === null) created(error, undefined as never);
        else created(null, connect({ ...(to as object), socket }));
      });
    }
  })(options);
};
