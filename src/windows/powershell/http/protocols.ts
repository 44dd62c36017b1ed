import type http from 'node:http';
import type https from 'node:https';
import { trustedAuthorities } from '../../os/certificate-store.ts';
import type { HttpRequest } from './client.ts';
import { createTunnelAgent, type ProxyAddress } from './tunnel-agent.ts';

/** What sends requests of one kind, and its pool. */
export interface Protocol {
  readonly request: typeof https.request;
  readonly agent: http.Agent;
}

/** Opened with the first request that needs it: loading TLS takes longer than starting. */
export interface Protocols {
  /** `proxy` is the address of the request's proxy; null without one. */
  readonly open: (request: HttpRequest, proxy: ProxyAddress | null) => Promise<Protocol>;
  readonly close: () => Promise<void>;
}

/** Connections to one host that are open at the same time: ServicePointManager.DefaultConnectionLimit. */
const connectionLimit = 2;

/** How long an unused connection stays open: ServicePoint.MaxIdleTime. */
const maxIdleMilliseconds = 100_000;

/** One connect(2) an attempt: no race between address families. */
const agentOptions = {
  keepAlive: true,
  maxSockets: connectionLimit,
  timeout: maxIdleMilliseconds,
  autoSelectFamily: false,
} as const;

export const openProtocols = (): Protocols => {
  const opened = new Map<string, Promise<Protocol>>();
  const once = (name: string, open: () => Promise<Protocol>): Promise<Protocol> => {
    const protocol = opened.get(name) ?? open();
    opened.set(name, protocol);
    return protocol;
  };

  const openPlain = async (): Promise<Protocol> => {
    const { default: module } = await import('node:http');
    return { request: module.request, agent: new module.Agent(agentOptions) };
  };

  const openSecure = async (proxy: ProxyAddress | null, insecure: boolean): Promise<Protocol> => {
    const { default: module } = await import('node:https');
    const ca = trustedAuthorities();
    const options = { ...agentOptions, rejectUnauthorized: !insecure, ...(ca === undefined ? {} : { ca }) };
    const agent = proxy === null ? new module.Agent(options) : await createTunnelAgent(options, proxy);
    return { request: module.request, agent };
  };

  return {
    open: ({ url, insecure = false }, proxy) => {
      // A plain request through a proxy is a request to the proxy.
      if (url.protocol !== 'https:') return once('http', openPlain);
      const through = proxy === null ? '' : `${proxy.address} ${proxy.port}`;
      return once(`https ${insecure} ${through}`, () => openSecure(proxy, insecure));
    },
    close: async () => {
      for (const protocol of opened.values()) (await protocol).agent.destroy();
    },
  };
};
