import { commandTail } from '../os/command-line.ts';

/** How cmd.exe was asked to run. */
export interface CmdOptions {
  /** Null: commands come from standard input. */
  readonly command: string | null;
  /** `/K` stays and reads more commands. */
  readonly stays: boolean;
  readonly delayedExpansion: boolean;
}

/**
 * What `/C` is followed by. Quotes around it all go, unless there are exactly two, around the name of a program with a blank in it
 * and nothing special; `/S` always takes the first and the last.
 */
const stripQuotes = (text: string, always: boolean, isProgram: (name: string) => boolean): string => {
  const command = text.trimStart();
  if (!command.startsWith('"')) return command;
  const [, inner = ''] = /^"([^"]*)"/.exec(command) ?? [];
  const two = command.split('"').length === 3;
  if (!always && two && !/[&<>()@^|]/.test(inner) && /\s/.test(inner) && isProgram(inner)) return command;
  const last = command.lastIndexOf('"');
  return last === 0 ? command.slice(1) : command.slice(1, last) + command.slice(last + 1);
};

/** Reads the raw command line, as cmd.exe does: everything behind `/C` or `/K` is the command. */
export const readCmdOptions = (commandLine: string, isProgram: (name: string) => boolean): CmdOptions => {
  let rest = commandTail(commandLine).trimStart();
  let strips = false;
  let delayedExpansion = false;
  for (;;) {
    const found = /^\/([a-z])(?::(on|off|[0-9a-f]+))?/i.exec(rest);
    const name = found?.[1]?.toLowerCase();
    if (found === null || name === undefined) return { command: null, stays: true, delayedExpansion };
    const value = rest.slice(2);
    if (name === 'c' || name === 'k' || name === 'r')
      return { command: stripQuotes(value, strips, isProgram), stays: name === 'k', delayedExpansion };
    if (name === 's') strips = true;
    if (name === 'v') delayedExpansion = found[2]?.toLowerCase() !== 'off';
    rest = rest.slice(found[0].length).trimStart();
  }
};
