import { closeSync, openSync, writeSync } from 'node:fs';
import { HarnessError } from '../../model/harness-error.ts';
import type { ServiceName } from '../../model/service-log.ts';
import { systemClock } from '../../util/clock.ts';
import { recordsLimit } from '../limits.ts';

/** Native records of one host, one JSON object a line: `{"receivedMicros": 1790000000000000, "record": …}`. */
export interface RecordsFile {
  /** Throws `sensor/flooded` when there are too many. */
  append(line: string): void;
  /**
   * The same for a line that a service printed; nothing else can pass for one:
   * `{"receivedMicros": …, "service": {"step": "dns-1/service/names", "kind": "dns"}, "output": "…"}`.
   */
  appendOutput(service: ServiceName, line: string): void;
  close(): void;
}

export const createRecordsFile = (file: string): RecordsFile => {
  const descriptor = openSync(file, 'a', 0o600);
  let written = 0;
  const write = (line: string): void => {
    const text = Buffer.from(`${line}\n`);
    written += text.length;
    if (written > recordsLimit) {
      throw new HarnessError(`native records have grown beyond ${recordsLimit} bytes`, { code: 'sensor/flooded' });
    }
    writeWhole(descriptor, text);
  };
  return {
    append: (line) => write(renderRecord(line, systemClock.nowMicros())),
    appendOutput: (service, output) =>
      write(JSON.stringify({ receivedMicros: systemClock.nowMicros(), service, output })),
    close: () => closeSync(descriptor),
  };
};

/** A line that is not JSON is kept as the text it is: dropping it would hide it, and pasting it would break the file. */
const renderRecord = (line: string, receivedMicros: number): string => {
  try {
    return JSON.stringify({ receivedMicros, record: JSON.parse(line) as unknown });
  } catch {
    return JSON.stringify({ receivedMicros, unparsed: line });
  }
};

const writeWhole = (descriptor: number, text: Buffer): void => {
  let rest = text;
  while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
};
