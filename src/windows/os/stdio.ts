import { readSync, writeSync } from 'node:fs';

/** File descriptors of a program or of one command of it. */
export interface Stdio {
  readonly input: number;
  readonly output: number;
  readonly error: number;
}

export const processStdio: Stdio = { input: 0, output: 1, error: 2 };

const wait = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

const isAgain = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EAGAIN';

/** Writes all of it. A pipe that a caller made non-blocking may be full for a while. */
export const writeText = (descriptor: number, text: string): void => {
  let rest = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EPIPE') return; // The reader is gone; Windows programs go on, too.
      if (!isAgain(error)) throw error;
      wait(5);
    }
  }
};

/** Reads to the end. */
export const readText = (descriptor: number): string => {
  const chunks: Buffer[] = [];
  const buffer = Buffer.alloc(65_536);
  for (;;) {
    try {
      const count = readSync(descriptor, buffer);
      if (count === 0) return Buffer.concat(chunks).toString('utf8');
      chunks.push(Buffer.from(buffer.subarray(0, count)));
    } catch (error) {
      if (!isAgain(error)) throw error;
      wait(5);
    }
  }
};

/** Windows programs end lines with both. */
export const crlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');
