import { isIP } from 'node:net';
import { HttpFailure, type HttpRequest, type HttpResponse } from './client.ts';
import type { Protocols } from './protocols.ts';

/** One HTTP exchange on a pooled connection; exactly one connect(2) when there is no idle one. `address` is the proxy's where there is one. */
export const exchange = async (
  request: HttpRequest,
  address: string,
  protocols: Protocols,
  keepAlive: boolean,
): Promise<HttpResponse & { readonly reused: boolean }> => {
  const proxy = request.proxy == null ? null : { address, port: proxyPort(request.proxy) };
  const { request: open, agent } = await protocols.open(request, proxy);
  return new Promise((resolve, reject) => {
    const { url, body } = request;
    const secure = url.protocol === 'https:';
    const isForwarded = proxy !== null && !secure;
    const sent = open({
      agent,
      // Whom a tunnel leads to is for the proxy to look up.
      host: proxy !== null && secure ? url.hostname : address,
      port: isForwarded ? proxy.port : url.port === '' ? undefined : Number(url.port),
      path: isForwarded ? url.href : `${url.pathname}${url.search}`,
      method: request.method,
      setDefaultHeaders: false,
      ...(secure ? { servername: isIP(url.hostname) === 0 ? url.hostname : '' } : {}),
    });
    for (const [name, value] of request.headers) sent.setHeader(name, value);
    sent.setHeader('Host', url.host);
    if (body !== null) sent.setHeader('Content-Length', body.length);
    if (keepAlive) sent.setHeader(isForwarded ? 'Proxy-Connection' : 'Connection', 'Keep-Alive');
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

const proxyPort = ({ port }: URL): number => (port === '' ? 80 : Number(port));

const pairs = (raw: readonly string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[index * 2] ?? '', raw[index * 2 + 1] ?? '']);
