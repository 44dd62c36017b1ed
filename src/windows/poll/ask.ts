import { Agent, request } from 'node:http';
import { isIP } from 'node:net';
import type { DnsClient } from '../dns/client.ts';

// Longer than any lab server takes, and shorter than the shortest interval that is worth a drill.
const limitMs = 5000;

/** Asks a server once, over a connection of its own or over the one that is kept. */
export const createAsker = (url: URL, connection: 'new' | 'kept', dns: DnsClient) => {
  const agent = connection === 'kept' ? new Agent({ keepAlive: true, maxSockets: 1 }) : false;
  let known: string | null = isIP(url.hostname) === 0 ? null : url.hostname;

  const addressOf = async (): Promise<string> => {
    if (known !== null) return known;
    const [address] = (await dns.addresses(url.hostname)).addresses;
    if (address === undefined) throw new Error(`no address for ${url.hostname}`);
    // A connection that is kept needs its name once.
    if (connection === 'kept') known = address;
    return address;
  };

  return async (): Promise<void> => {
    const host = await addressOf();
    await new Promise<void>((resolve, reject) => {
      const asked = request(
        {
          ...{ host, port: url.port === '' ? 80 : url.port, path: url.pathname, agent, timeout: limitMs },
          headers: { Host: url.host, Connection: connection === 'kept' ? 'keep-alive' : 'close' },
        },
        (response) => response.resume().once('end', resolve).once('error', reject),
      );
      asked.once('timeout', () => asked.destroy(new Error(`${url.host} did not answer`)));
      asked.once('error', reject);
      asked.end();
    });
  };
};
