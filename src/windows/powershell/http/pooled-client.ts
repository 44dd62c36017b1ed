import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { HttpFailure, type HttpClient, type HttpRequest, type HttpResponse } from './client.ts';

/** Connections to one host that are open at the same time: ServicePointManager.DefaultConnectionLimit. */
const connectionLimit = 2;

/** How long an unused connection stays open: ServicePoint.MaxIdleTime. */
const maxIdleMilliseconds = 100_000;

const failureOf = (error: NodeJS.ErrnoException, url: URL): HttpFailure => {
  const code = error.code ?? '';
  if (error instanceof HttpFailure) return error;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new HttpFailure('NameResolutionFailure', `The remote name could not be resolved: '${url.hostname}'`);
  if (/^E(CONNREFUSED|HOSTUNREACH|NETUNREACH|TIMEDOUT|ADDRNOTAVAIL|ACCES|PERM)$/.test(code))
    return new HttpFailure('ConnectFailure', 'Unable to connect to the remote server');
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return new HttpFailure(
      'TrustFailure',
      'The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel.',
    );
  }
  if (/^ERR_(SSL|TLS)|EPROTO/.test(code))
    return new HttpFailure('SecureChannelFailure', 'The request was aborted: Could not create SSL/TLS secure channel.');
  return new HttpFailure(
    'ReceiveFailure',
    'The underlying connection was closed: An unexpected error occurred on a receive.',
  );
};

/** Windows asks for both families and tries the addresses one after another. */
const addressesOf = async (hostname: string): Promise<string[]> => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) return [bare];
  return (await lookup(bare, { all: true, order: 'verbatim' })).map(({ address }) => address);
};

/** One HTTP exchange on a pooled connection; exactly one connect(2) when there is no idle one. */
const exchange = (
  request: HttpRequest,
  address: string,
  agents: Agents,
  keepAlive: boolean,
): Promise<HttpResponse & { readonly reused: boolean }> =>
  new Promise((resolve, reject) => {
    const { url, body } = request;
    const secure = url.protocol === 'https:';
    const sent = (secure ? https : http).request({
      agent: secure ? agents.https : agents.http,
      host: address,
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method: request.method,
      setDefaultHeaders: false,
      ...(secure ? { servername: isIP(url.hostname) === 0 ? url.hostname : '' } : {}),
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

const pairs = (raw: readonly string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[index * 2] ?? '', raw[index * 2 + 1] ?? '']);

interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

const redirectOf = ({ status, headers, url }: HttpResponse): URL | null => {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  return location !== undefined && [301, 302, 303, 307].includes(status) ? new URL(location, url) : null;
};

/**
 * HTTP as HttpWebRequest does it: connections are kept alive and used again by every request of the process, `Connection:
 * Keep-Alive` is said on the first request to a host, and a request that meets a connection the server closed in the meantime is
 * sent once more on a new one.
 */
export const createPooledClient = (): HttpClient => {
  const options = {
    keepAlive: true,
    maxSockets: connectionLimit,
    timeout: maxIdleMilliseconds,
    autoSelectFamily: false,
  };
  // The lab's certificate authority is the system's affair; a script that turns checking off says so itself.
  const agents: Agents = { http: new http.Agent(options), https: new https.Agent(options) };
  const greeted = new Set<string>();

  const attempt = async (request: HttpRequest): Promise<HttpResponse> => {
    const addresses = await addressesOf(request.url.hostname);
    const first = !greeted.has(request.url.origin);
    for (const [index, address] of addresses.entries()) {
      try {
        const response = await exchange(request, address, agents, first);
        greeted.add(request.url.origin);
        return response;
      } catch (cause) {
        const error = cause as NodeJS.ErrnoException & { reused?: boolean };
        if (error.reused === true && !(error instanceof HttpFailure)) return exchange(request, address, agents, false);
        if (index === addresses.length - 1 || failureOf(error, request.url).status !== 'ConnectFailure') throw error;
      }
    }
    throw new HttpFailure('NameResolutionFailure', `The remote name could not be resolved: '${request.url.hostname}'`);
  };

  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const response = await attempt(request).catch((error: unknown) => {
      throw failureOf(error as NodeJS.ErrnoException, request.url);
    });
    const next = request.redirections > 0 ? redirectOf(response) : null;
    if (next === null) return response;
    const method = response.status === 307 ? request.method : 'GET';
    return send({
      ...request,
      url: next,
      method,
      body: method === 'GET' ? null : request.body,
      redirections: request.redirections - 1,
    });
  };

  return {
    send,
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
};
