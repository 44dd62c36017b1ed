import { isIP } from 'node:net';
import type { DnsClient } from '../../dns/client.ts';
import { HttpFailure, type HttpClient, type HttpRequest, type HttpResponse } from './client.ts';
import { exchange } from './exchange.ts';
import { openProtocols } from './protocols.ts';

const failureOf = (error: NodeJS.ErrnoException): HttpFailure => {
  const code = error.code ?? '';
  if (error instanceof HttpFailure) return error;
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

/** They are tried one after another. */
const addressesOf = async (hostname: string, dns: DnsClient): Promise<readonly string[]> => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) !== 0 ? [bare] : (await dns.addresses(bare)).addresses;
};

const redirectOf = ({ status, headers, url }: HttpResponse): URL | null => {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  return location !== undefined && [301, 302, 303, 307].includes(status) ? new URL(location, url) : null;
};

/**
 * HTTP as HttpWebRequest does it: connections are kept alive and used again by every request of the process, `Connection:
 * Keep-Alive` is said on the first request to a host, and a request that meets a connection the server closed in the meantime is
 * sent once more on a new one. Programs that do not say `Keep-Alive` have `greets` off.
 */
export const createPooledClient = (dns: DnsClient, { greets = true } = {}): HttpClient => {
  const protocols = openProtocols();
  const greeted = new Set<string>();

  const attempt = async (request: HttpRequest): Promise<HttpResponse> => {
    const { proxy = null } = request;
    const addresses = await addressesOf((proxy ?? request.url).hostname, dns);
    const first = greets && !greeted.has(request.url.origin);
    for (const [index, address] of addresses.entries()) {
      try {
        const response = await exchange(request, address, protocols, first);
        greeted.add(request.url.origin);
        return response;
      } catch (cause) {
        const error = cause as NodeJS.ErrnoException & { reused?: boolean };
        if (error.reused === true && !(error instanceof HttpFailure))
          return exchange(request, address, protocols, false);
        if (index === addresses.length - 1 || failureOf(error).status !== 'ConnectFailure') throw error;
      }
    }
    if (proxy !== null)
      throw new HttpFailure('ProxyNameResolutionFailure', `The proxy name could not be resolved: '${proxy.hostname}'`);
    throw new HttpFailure('NameResolutionFailure', `The remote name could not be resolved: '${request.url.hostname}'`);
  };

  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const response = await attempt(request).catch((error: unknown) => {
      throw failureOf(error as NodeJS.ErrnoException);
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
    close: protocols.close,
  };
};
