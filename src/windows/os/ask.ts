import { readSync } from 'node:fs';
import { processStdio, writeText } from './stdio.ts';

/** One line; null when the input has ended. */
export const readLine = (descriptor: number): string | null => {
  let line = '';
  const byte = Buffer.alloc(1);
  for (;;) {
    if (readSync(descriptor, byte) === 0) return line === '' ? null : line;
    const char = byte.toString('latin1');
    if (char === '\n') return line.replace(/\r$/, '');
    line += char;
  }
};

/** Asks on the console; gives the line that is answered, null when standard input has ended. */
export const ask = (question: string): string | null => {
  writeText(processStdio.output, question);
  return readLine(processStdio.input);
};
