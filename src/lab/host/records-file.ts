import { closeSync, openSync, writeSync } from 'node:fs';
import { systemClock } from '../../util/clock.ts';

/** Native records of one host, one JSON object a line: `{"receivedMicros": 1790000000000000, "record": …}`. */
export interface RecordsFile {
  append(line: string): void;
  close(): void;
}

export const createRecordsFile = (file: string): RecordsFile => {
  const descriptor = openSync(file, 'a', 0o600);
  return {
    append: (line) => writeWhole(descriptor, `${renderRecord(line, systemClock.nowMicros())}\n`),
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

const writeWhole = (descriptor: number, text: string): void => {
  let rest = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
};
