import { AzError } from './az-error.ts';

/** A command line of az: words, then options, each with the values that follow it. */
export interface AzArguments {
  /** `group`, `create` */
  readonly words: readonly string[];
  has(...names: readonly string[]): boolean;
  /** Of the first of these names that was given; null when none was. */
  value(...names: readonly string[]): string | null;
  values(...names: readonly string[]): readonly string[];
  /** Throws `AzError` as az does when it is missing. */
  required(...names: readonly string[]): string;
  /** Options that are none of these: what the caller does not read must not be passed over. */
  unknown(known: readonly string[]): readonly string[];
}

export const parseArguments = (args: readonly string[]): AzArguments => {
  const first = args.findIndex((arg) => arg.startsWith('-'));
  const words = first < 0 ? args : args.slice(0, first);
  const options = new Map<string, string[]>();
  let current: string[] = [];
  for (const arg of first < 0 ? [] : args.slice(first)) {
    if (/^--?[a-z]/i.test(arg)) {
      const [, name = arg, value] = /^(--[a-z-]+)=(.*)$/i.exec(arg) ?? [];
      current = value === undefined ? [] : [value];
      options.set(name, [...(options.get(name) ?? []), ...current]);
      current = options.get(name) ?? [];
    } else current.push(arg);
  }
  const given = (names: readonly string[]): string | undefined => names.find((name) => options.has(name));
  const values = (...names: readonly string[]): readonly string[] => options.get(given(names) ?? '') ?? [];
  return {
    words,
    has: (...names) => given(names) !== undefined,
    value: (...names) => values(...names)[0] ?? null,
    values,
    required: (...names) => {
      const value = values(...names)[0];
      if (value === undefined) throw new AzError(`the following arguments are required: ${names.join('/')}`, 2);
      return value;
    },
    unknown: (known) => [...options.keys()].filter((name) => !known.includes(name)),
  };
};
