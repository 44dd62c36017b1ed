/**
 * Windows gives a program one string and lets it split that itself. These are the rules of Microsoft's C runtime
 * ("Parsing C command-line arguments"), which nearly every program follows; cmd.exe does not, and reads the raw string.
 */

interface Cursor {
  readonly text: string;
  at: number;
}

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t';

/** The program's name ends at a blank outside quotes; backslashes mean nothing in it, since they separate folders. */
const readProgramName = (cursor: Cursor): string => {
  let name = '';
  let quoted = false;
  for (; cursor.at < cursor.text.length; cursor.at++) {
    const char = cursor.text.charAt(cursor.at);
    if (char === '"') quoted = !quoted;
    else if (!quoted && isBlank(char)) break;
    else name += char;
  }
  return name;
};

/** 2n backslashes and a quote are n backslashes and a delimiter; 2n+1 are n and a plain quote; others are plain. */
const readBackslashes = (cursor: Cursor): string => {
  const start = cursor.at;
  while (cursor.text[cursor.at] === '\\') cursor.at++;
  const count = cursor.at - start;
  if (cursor.text[cursor.at] !== '"') return '\\'.repeat(count);
  if (count % 2 === 0) return '\\'.repeat(count / 2);
  cursor.at++;
  return `${'\\'.repeat((count - 1) / 2)}"`;
};

const readArgument = (cursor: Cursor): string => {
  let argument = '';
  let quoted = false;
  while (cursor.at < cursor.text.length) {
    const char = cursor.text.charAt(cursor.at);
    if (char === '\\') {
      argument += readBackslashes(cursor);
    } else if (char === '"') {
      cursor.at++;
      if (quoted && cursor.text[cursor.at] === '"') {
        argument += '"';
        cursor.at++;
      } else quoted = !quoted;
    } else if (!quoted && isBlank(char)) {
      break;
    } else {
      argument += char;
      cursor.at++;
    }
  }
  return argument;
};

/** Splits a whole command line, program name first. An empty line gives `['']`. */
export const splitCommandLine = (commandLine: string): readonly [string, ...string[]] => {
  const cursor = { text: commandLine, at: 0 };
  const split: [string, ...string[]] = [readProgramName(cursor)];
  for (;;) {
    while (isBlank(cursor.text[cursor.at])) cursor.at++;
    if (cursor.at >= cursor.text.length) return split;
    split.push(readArgument(cursor));
  }
};

/** What follows the program's name, untouched: what a program that reads its raw command line sees. */
export const commandTail = (commandLine: string): string => {
  const cursor = { text: commandLine, at: 0 };
  readProgramName(cursor);
  return commandLine.slice(cursor.at);
};

/** Writes one argument so that `splitCommandLine` gives it back. */
export const quoteArgument = (argument: string): string => {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  const escaped = argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1');
  return `"${escaped}"`;
};

/** A program name cannot hold a quote; Windows paths do not. */
export const joinCommandLine = (program: string, args: readonly string[]): string =>
  [/[ \t]/.test(program) || program === '' ? `"${program}"` : program, ...args.map(quoteArgument)].join(' ');
