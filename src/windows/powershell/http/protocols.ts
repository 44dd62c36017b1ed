import type http from 'node:http';
import type https from 'node:https';
import { throughProxy } from './through-proxy.ts';
import { trustedAuthorities } from '../../os/certificate-store.ts';

/** What sends requests of one protocol, and its pool. */
export interface Protocol {
  readonly request: typeof https.request;
  readonly agent: http.Agent;
}

/** Opened with the first request that needs it: loading TLS takes longer than starting. */
export interface Protocols {
  readonly http: () => Promise<Protocol>;
  readonly https: () => Promise<Protocol>;
  /** By way of a proxy at this address, which connects and passes bytes on. */
  readonly tunnel: (address: string, port: number) => Promise<Protocol>;
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
  return {
    http: () =>
      once('http', async () => {
        const { default: module } = await import('node:http');
        return { request: module.request, agent: new module.Agent(agentOptions) };
      }),
    https: () =>
      once('https', async () => {
        const { default: module } = await import('node:https');
        const ca = trustedAuthorities();
        return {
          request: module.request,
          agent: new module.Agent({ ...agentOptions, ...(ca === undefined ? {} : { ca }) }),
        };
      }),
    tunnel: (address, port) =>
      once(`${address}:${port}`, async () => {
        const { default: module } = await import('node:https');
        const ca = trustedAuthorities();
        const agent = new module.Agent({ ...agentOptions, ...(ca === undefined ? {} : { ca }) });
        return { request: module.request, agent: throughProxy(agent, address, port) };
      }),
    close: async () => {
      for (const protocol of opened.values()) (await protocol).agent.destroy();
    },
  };
};
