import { z } from 'zod';

/** One line of a Linux host's records file: what its syslog daemon gave out, or what somebody else wrote. */
export type OutputLine =
  | { readonly kind: 'output'; readonly output: string; readonly receivedMicros: number }
  | { readonly kind: 'other'; readonly reason: string };

const envelope = z.object({ receivedMicros: z.int().nonnegative(), output: z.string().optional() });

export const parseOutputLine = (text: string): OutputLine => {
  const line = envelope.safeParse(parseJson(text));
  if (!line.success) return { kind: 'other', reason: 'broken lines' };
  const { output, receivedMicros } = line.data;
  // A Linux host has no component that writes records; a test that finds the socket may.
  if (output === undefined) return { kind: 'other', reason: 'records that no component of a Linux host writes' };
  return { kind: 'output', output, receivedMicros };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
