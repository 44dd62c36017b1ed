import { z } from 'zod';
import type { Micros } from '../../model/event.ts';
import {
  relayDataset,
  serviceDatasets,
  type ServiceDataset,
  type ServiceName,
  type ServiceRecord,
} from '../../model/service-log.ts';
import { parseJson } from '../parse-json.ts';

/** One line of a host's records file, as far as a service of the lab wrote it. */
export type ServiceLine =
  | {
      readonly kind: 'record';
      readonly service: ServiceName;
      readonly record: ServiceRecord;
      readonly receivedMicros: Micros;
    }
  /** A service printed what is no record. */
  | { readonly kind: 'not-a-record'; readonly service: ServiceName; readonly reason: string }
  /** Another sensor's, who counts what is wrong with it. */
  | { readonly kind: 'other' };

const envelope = z.object({
  receivedMicros: z.int().nonnegative(),
  service: z.strictObject({ step: z.string(), kind: z.string() }),
  output: z.string(),
});

const record: z.ZodType<ServiceRecord> = z.strictObject({
  dataset: z.enum([relayDataset, ...(Object.keys(serviceDatasets) as ServiceDataset[])]),
  sequence: z.int().positive(),
  client: z.strictObject({
    ip: z.string(),
    port: z.int().min(0).max(65_535),
    transport: z.enum(['tcp', 'udp']),
  }),
  record: z.record(z.string(), z.unknown()),
});

export const parseServiceLine = (text: string): ServiceLine => {
  const line = envelope.safeParse(parseJson(text));
  // What its daemon gives out is for the parser of syslog.
  if (!line.success || line.data.service.kind === 'syslog') return { kind: 'other' };
  const { service, output, receivedMicros } = line.data;
  const said = record.safeParse(parseJson(output));
  if (said.success) return { kind: 'record', service, record: said.data, receivedMicros };
  const issue = said.error.issues[0];
  return { kind: 'not-a-record', service, reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown'}` };
};
