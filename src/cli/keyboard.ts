/** The terminal that a person sits at. */
export interface Keyboard {
  /** As `TERM` names it. */
  readonly term: string;
  size(): { readonly columns: number; readonly rows: number };
  /** Hands over every key as it is pressed, Ctrl+C too, until the answer is called. */
  open(onKeys: (bytes: Uint8Array) => void, onResize: () => void): () => void;
}

interface Input {
  readonly isTTY?: boolean;
  setRawMode(on: boolean): unknown;
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  off(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

interface Output {
  readonly isTTY?: boolean;
  readonly columns: number;
  readonly rows: number;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

/** Undefined where input or output is no terminal. `process.stdin` and `process.stdout` fit. */
export const keyboardOf = (input: Input, output: Output, term: string | undefined): Keyboard | undefined => {
  if (input.isTTY !== true || output.isTTY !== true) return undefined;
  return {
    term: term ?? 'xterm',
    size: () => ({ columns: output.columns, rows: output.rows }),
    open: (onKeys, onResize) => {
      input.setRawMode(true);
      input.on('data', onKeys);
      output.on('resize', onResize);
      input.resume();
      return () => {
        input.setRawMode(false);
        input.off('data', onKeys);
        output.off('resize', onResize);
        input.pause();
      };
    },
  };
};
