import { z } from 'zod';
import { relayDataset } from '../../model/service-log.ts';
import type { Relay } from '../packets/relays.ts';
import { readLines } from '../read-lines.ts';
import { parseServiceLine } from './service-line.ts';

const end = z.object({ ip: z.string(), port: z.int().min(0).max(65_535) });

const relay = z.object({ local: end, peer: end });

/** What proxies of a host say of the connections that they made for others. What is wrong with a line is told where the log is read. */
export const readRelays = async (file: string): Promise<readonly Relay[]> => {
  const relays: Relay[] = [];
  for await (const batch of readLines(file)) {
    for (const { text } of batch) {
      if (!text.includes(relayDataset)) continue;
      const line = parseServiceLine(Buffer.from(text, 'latin1').toString('utf8'));
      if (line.kind !== 'record' || line.record.dataset !== relayDataset) continue;
      const said = relay.safeParse(line.record.record);
      const { ip, port } = line.record.client;
      if (said.success) relays.push({ client: { ip, port }, ...said.data, micros: line.receivedMicros });
    }
  }
  return relays;
};
