import { isIP } from 'node:net';
import { HttpFailure, type HttpRequest, type HttpResponse } from './client.ts';
import type { Protocols } from './protocols.ts';

/** One HTTP exchange on a pooled connection; exactly one connect(2) when there is no idle one. */
export const exchange = async (
  request: HttpRequest,
  address: string,
  protocols: Protocols,
  keepAlive: boolean,
): Promise<HttpResponse & { readonly reused: boolean }> => {
  const { proxy = null } = request;
  const isSecure = request.url.protocol === 'https:';
  const { request: open, agent } = await (!isSecure
    ? protocols.http()
    : proxy === null
      ? protocols.https()
      : protocols.tunnel(address, portOf(proxy)));
  return new Promise((resolve, reject) => {
    const { url, body } = request;
    const sent = open({
      agent,
      // A tunnel is to the server by its name, which the proxy looks up.
      host: isSecure && proxy !== null ? url.hostname : address,
      port: isSecure || proxy === null ? portOf(url) : portOf(proxy),
      path: isSecure || proxy === null ? `${url.pathname}${url.search}` : url.href,
      method: request.method,
      setDefaultHeaders: false,
      ...(isSecure ? { servername: isIP(url.hostname) === 0 ? url.hostname : '' } : {}),
    });
    for (const [name, value] of request.headers) sent.setHeader(name, value);
    sent.setHeader('Host', url.host);
    if (body !== null) sent.setHeader('Content-Length', body.length);
    if (keepAlive) sent.setHeader('Connection', 'Keep-Alive');
    const timer =
      request.timeout > 0
        ? setTimeout(() => sent.destroy(new HttpFailure('Timeout', 'The operation has timed out.')), request.timeout)
        : undefined;
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      act();
    };
    sent.once('error', (error) => settle(() => reject(Object.assign(error, { reused: sent.reusedSocket }))));
    sent.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', (error) => settle(() => reject(error)));
      response.once('end', () =>
        settle(() =>
          resolve({
            status: response.statusCode ?? 0,
            reason: response.statusMessage ?? '',
            headers: pairs(response.rawHeaders),
            body: Buffer.concat(chunks),
            url,
            httpVersion: response.httpVersion,
            reused: sent.reusedSocket,
          }),
        ),
      );
    });
    sent.end(body ?? undefined);
  });
};

const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));

const pairs = (raw: readonly string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[index * 2] ?? '', raw[index * 2 + 1] ?? '']);
