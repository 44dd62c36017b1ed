import type { KeyPath } from '../registry/path.ts';
import type { Registry } from '../registry/registry.ts';

export interface RegHost {
  readonly registry: Registry;
  readonly drive: string;
  /** Current folder, Windows form. */
  readonly folder: string;
  out(text: string): void;
  error(text: string): void;
  /** One line of standard input; null at its end. */
  ask(question: string): string | null;
}

/** A message of reg.exe that ends it with code 1. */
export class RegFailure extends Error {}

export const badSyntax = (verb: string): RegFailure =>
  new RegFailure(`ERROR: Invalid syntax.\r\nType "REG ${verb.toUpperCase()} /?" for usage.`);

export const notFound = (): RegFailure =>
  new RegFailure('ERROR: The system was unable to find the specified registry key or value.');

export const done = 'The operation completed successfully.\r\n';

/** `/name` takes the next word where `valued` names it; one letter may stand for several names. */
export interface RegArguments {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

export const readArguments = (
  args: readonly string[],
  verb: string,
  flagNames: readonly string[],
  valued: readonly string[],
): RegArguments => {
  const words: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    const name = /^[/-]([a-z]+(:\d+)?)$/i.exec(arg)?.[1]?.toLowerCase();
    if (name === undefined) words.push(arg);
    else if (['reg:32', 'reg:64', ...flagNames].includes(name)) flags.add(name);
    else if (valued.includes(name)) {
      const value = args[++index];
      if (value === undefined || values.has(name)) throw badSyntax(verb);
      values.set(name, value);
    } else throw badSyntax(verb);
  }
  return { words, flags, values };
};

export const locate = (path: string, { registry }: RegHost): KeyPath => {
  const found = registry.locate(path.replace(/\\+$/, ''));
  if (found !== null) return found;
  const known = /^(hklm|hkcu|hkcr|hku|hkcc|hkey_\w+)(\\|$)/i.test(path);
  throw known ? notFound() : new RegFailure('ERROR: Invalid key name.\r\nType "REG /?" for usage.');
};
