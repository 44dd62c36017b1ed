import { z } from 'zod';
import { parseJson } from '../parse-json.ts';

/** One line of a Linux host's records file: what its syslog daemon gave out, or what somebody else wrote. */
export type OutputLine =
  | { readonly kind: 'output'; readonly output: string; readonly receivedMicros: number }
  /** Of another service of the lab. */
  | { readonly kind: 'not-syslog' }
  | { readonly kind: 'other'; readonly reason: string };

const envelope = z.object({
  receivedMicros: z.int().nonnegative(),
  // Recordings of old name no service.
  service: z.object({ kind: z.string() }).optional(),
  output: z.string().optional(),
});

export const parseOutputLine = (text: string): OutputLine => {
  const line = envelope.safeParse(parseJson(text));
  if (!line.success) return { kind: 'other', reason: 'broken lines' };
  const { output, service, receivedMicros } = line.data;
  // A Linux host has no component that writes records; a test that finds the socket may.
  if (output === undefined) return { kind: 'other', reason: 'records that no component of a Linux host writes' };
  if (service !== undefined && service.kind !== 'syslog') return { kind: 'not-syslog' };
  return { kind: 'output', output, receivedMicros };
};
