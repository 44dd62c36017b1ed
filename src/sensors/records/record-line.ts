import { z } from 'zod';
import type { Handover, LogRecord } from '../../model/in-host.ts';
import { parseJson } from '../parse-json.ts';

/** One line of a host's records file, as the driver wrote it down: what came in on the records socket, and when. */
export type RecordLine =
  | { readonly kind: 'record'; readonly record: LogRecord; readonly receivedMicros: number }
  /** A service's word on whose request it acts; no telemetry. */
  | { readonly kind: 'handover'; readonly handover: Handover; readonly receivedMicros: number }
  /** What a service of the lab printed: another sensor's. */
  | { readonly kind: 'of-a-service' }
  /** What came in was no record. */
  | { readonly kind: 'not-a-record'; readonly reason: string }
  /** The driver's own line is broken. */
  | { readonly kind: 'broken' };

const envelope = z.object({
  receivedMicros: z.int().nonnegative(),
  record: z.unknown().optional(),
  service: z.unknown().optional(),
  unparsed: z.string().optional(),
});

const logRecord = z.strictObject({
  pid: z.int().positive(),
  channel: z.string(),
  provider: z.string(),
  eventId: z.int().nonnegative(),
  timeMicros: z.number(),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  request: z.int().positive().optional(),
}) as z.ZodType<LogRecord>;

const sender = { pid: z.int().positive(), timeMicros: z.number(), request: z.int().positive() };

const handover: z.ZodType<Handover> = z.union([
  z.strictObject({ ...sender, client: z.int().positive() }),
  z.strictObject({ ...sender, file: z.string() }),
  z.strictObject({ ...sender, peer: z.string() }),
  z.strictObject({ ...sender, started: z.int().positive(), user: z.string() }),
]);

export const parseRecordLine = (text: string): RecordLine => {
  const line = envelope.safeParse(parseJson(text));
  if (!line.success) return { kind: 'broken' };
  const { receivedMicros, unparsed, service } = line.data;
  if (service !== undefined) return { kind: 'of-a-service' };
  if (unparsed !== undefined) return { kind: 'not-a-record', reason: 'not JSON' };
  const said = handover.safeParse(line.data.record);
  if (said.success) return { kind: 'handover', handover: said.data, receivedMicros };
  const record = logRecord.safeParse(line.data.record);
  if (record.success) return { kind: 'record', record: record.data, receivedMicros };
  const issue = record.error.issues[0];
  return { kind: 'not-a-record', reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown'}` };
};
