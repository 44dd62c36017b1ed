/** What a screen needs of a stream: `process.stdout` fits, and so does a test's buffer. */
export interface Output {
  /** False asks to wait for `drain`, as streams do. */
  write(text: string): unknown;
  once?(event: 'drain', listener: () => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Where text goes and what it may look like there. Decided once; formatters take it and look at nothing else. */
export interface Screen {
  readonly color: boolean;
  /** False where only ASCII is sure to show. */
  readonly unicode: boolean;
  /** Progress may be redrawn: a terminal, and not a build's log. */
  readonly live: boolean;
  /** Columns; at least 40. */
  readonly width: number;
  /** Results, to standard output. */
  print(text: string): void;
  /** Progress and diagnostics, to standard error. */
  note(text: string): void;
}

export type ColorChoice = 'auto' | 'always' | 'never';

export interface ScreenOptions {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--color`. */
  readonly color: ColorChoice;
}

export const createScreen = ({ stdout, stderr, env, color }: ScreenOptions): Screen => {
  const unicode = showsUnicode(env);
  const shown = unicode ? (text: string): string => text : toAscii;
  return {
    color: usesColor(color, env, stdout),
    unicode,
    live: stderr.isTTY === true && env['TERM'] !== 'dumb' && !isSet(env['CI']),
    width: Math.max(40, stdout.columns ?? (Number(env['COLUMNS']) || 100)),
    print: (text) => void stdout.write(shown(text)),
    note: (text) => void stderr.write(shown(text)),
  };
};

const ascii: Readonly<Record<string, string>> = { '–': '-', '±': '+/-', '·': '-', '›': '>' };

/** What our own sentences use beyond ASCII has a form in it; anything else is a question mark. */
const toAscii = (text: string): string => text.replace(/[^\u0000-\u007f]/gu, (character) => ascii[character] ?? '?');

/** `--color` > `NO_COLOR` > `FORCE_COLOR` > the terminal itself. */
const usesColor = (choice: ColorChoice, env: ScreenOptions['env'], stdout: Output): boolean => {
  if (choice !== 'auto') return choice === 'always';
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return !['0', 'false'].includes(env['FORCE_COLOR'] ?? '');
  return stdout.isTTY === true && env['TERM'] !== 'dumb';
};

/** Unless the locale says otherwise, or the terminal is known to be unable. No locale at all is what containers have. */
const showsUnicode = (env: ScreenOptions['env']): boolean => {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet) ?? 'UTF-8';
  return /utf-?8/i.test(locale) && env['TERM'] !== 'dumb' && env['TERM'] !== 'linux';
};

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';
