import type { ReadContext } from '../../src/formats/log/read-context.ts';
import { createLogLosses } from '../../src/formats/log/losses.ts';
import { createSources } from '../../src/formats/log/sources.ts';
import type { LogEvent } from '../../src/model/log-event.ts';

export interface ReadLog {
  readonly events: readonly LogEvent[];
  /** `kind count detail` of each loss. */
  readonly losses: readonly string[];
}

type Reader<C extends ReadContext> = (file: AsyncIterable<Buffer>, context: C) => AsyncIterable<readonly LogEvent[]>;

/** All that a reader gives of some bytes, handed over in parts of `partBytes`. */
export const readLog = async (
  reader: Reader<ReadContext>,
  content: Buffer | string,
  partBytes = 1 << 20,
): Promise<ReadLog> => {
  const losses = createLogLosses('log');
  const events: LogEvent[] = [];
  for await (const batch of reader(inParts(Buffer.from(content as string), partBytes), {
    file: 'log',
    sourceOf: createSources(),
    losses,
  })) {
    events.push(...batch);
  }
  return { events, losses: losses.list().map(({ kind, count, detail }) => `${kind} ${count} ${detail}`) };
};

const inParts = async function* (bytes: Buffer, partBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += partBytes) yield await Promise.resolve(bytes.subarray(at, at + partBytes));
};

/** Fields as an ordinary object, so that a difference is shown well. */
export const fieldsOf = (event: LogEvent | undefined): Record<string, unknown> => ({ ...event?.fields });
