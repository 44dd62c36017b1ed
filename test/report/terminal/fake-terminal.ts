import { createScreen, type Screen } from '../../../src/report/terminal/screen.ts';
import type { Ticker } from '../../../src/report/terminal/ticker.ts';

export interface FakeTerminal {
  readonly screen: Screen;
  out(): string;
  err(): string;
}

interface TerminalShape {
  readonly tty?: boolean;
  readonly color?: 'auto' | 'always' | 'never';
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
}

/** A terminal that keeps what was written to it. */
export const createFakeTerminal = ({
  tty = false,
  color = 'auto',
  env = {},
  columns = 100,
}: TerminalShape = {}): FakeTerminal => {
  let [out, err] = ['', ''];
  const stdout = { write: (text: string) => (out += text), isTTY: tty, columns };
  const stderr = { write: (text: string) => (err += text), isTTY: tty, columns };
  return { screen: createScreen({ stdout, stderr, env, color }), out: () => out, err: () => err };
};

export interface FakeTicker extends Ticker {
  /** Lets time pass; calls what is due. */
  pass(milliseconds: number): void;
}

export const createFakeTicker = (): FakeTicker => {
  let now = 0;
  const timers = new Set<{ readonly every: number; next: number; readonly callback: () => void }>();
  return {
    now: () => now,
    every: (every, callback) => {
      const timer = { every, next: now + every, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass: (milliseconds) => {
      const until = now + milliseconds;
      for (;;) {
        const due = [...timers].filter(({ next }) => next <= until).sort((a, b) => a.next - b.next)[0];
        if (due === undefined) break;
        now = due.next;
        due.next += due.every;
        due.callback();
      }
      now = until;
    },
  };
};
