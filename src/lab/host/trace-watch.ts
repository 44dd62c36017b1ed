import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { HarnessError } from '../../model/harness-error.ts';

const chunkBytes = 1024 * 1024;

/** Watches raw evidence of one host from outside: that it only grows, not too far, and that it says what it must. */
export interface TraceWatch {
  /** Throws `sensor/lost` when it shrank, `sensor/flooded` when it is too large. Returns its size. */
  check(): number;
  /** Whether the token occurs at or after this offset. */
  contains(token: string, offset: number): boolean;
  close(): void;
}

/** `what` begins a sentence, for example `the trace of host ws1`. */
export const createTraceWatch = (what: string, file: string, limitBytes: number): TraceWatch => {
  const descriptor = openSync(file, 'r');
  let largest = 0;
  const check = (): number => {
    const { size } = fstatSync(descriptor);
    if (size < largest) {
      throw new HarnessError(`${what} shrank from ${largest} to ${size} bytes`, {
        code: 'sensor/lost',
      });
    }
    if (size > limitBytes) {
      throw new HarnessError(`${what} has grown beyond ${limitBytes} bytes`, {
        code: 'sensor/flooded',
        hint: 'A test does more than the sensor may record; make it do less.',
      });
    }
    largest = size;
    return size;
  };

  const contains = (token: string, offset: number): boolean => {
    const wanted = Buffer.from(token);
    const chunk = Buffer.alloc(chunkBytes);
    for (let position = offset; ;) {
      const length = readSync(descriptor, chunk, 0, chunkBytes, position);
      if (chunk.subarray(0, length).includes(wanted)) return true;
      if (length < chunkBytes) return false;
      // Chunks overlap by a token, which may lie across their border.
      position += length - wanted.length;
    }
  };
  return { check, contains, close: () => closeSync(descriptor) };
};
