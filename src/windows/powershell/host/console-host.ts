import { crlf, writeText, type Stdio } from '../../os/stdio.ts';
import type { HostOutput } from '../engine/session.ts';
import type { Value } from '../values/value.ts';
import { formatGroup, shapeOf } from './format.ts';
import { renderError } from './render-error.ts';

/** Shows results as they come: text at once, objects of a table together once the next thing is of another kind. */
export const createConsoleHost = (stdio: Stdio): HostOutput => {
  let pending: Value[] = [];
  const write = (text: string): void => writeText(stdio.output, crlf(text));
  const flush = (): void => {
    const [first] = pending;
    if (first === undefined) return;
    write(formatGroup(shapeOf(first), pending));
    pending = [];
  };
  return {
    flush,
    results: (value) => {
      const shape = shapeOf(value);
      if (pending[0] !== undefined && shapeOf(pending[0]) !== shape) flush();
      // Of nothing, nothing is shown.
      if (value === null) return;
      if (shape === 'text') write(formatGroup(shape, [value]));
      else pending.push(value);
    },
    write: (text) => {
      flush();
      write(text);
    },
    error: (record) => {
      flush();
      writeText(stdio.error, crlf(`${renderError(record)}\n`));
    },
    warning: (text) => {
      flush();
      write(`WARNING: ${text}\n`);
    },
  };
};
