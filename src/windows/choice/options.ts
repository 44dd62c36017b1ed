/** How choice.exe was asked. */
export interface ChoiceOptions {
  readonly choices: string;
  readonly showsChoices: boolean;
  readonly message: string;
  readonly isCaseSensitive: boolean;
  /** Chosen when the time is up. */
  readonly fallback: string | null;
  readonly seconds: number | null;
}

const valued = ['c', 'm', 't', 'd'] as const;

/** Null where choice.exe says that the syntax is wrong. Values follow their switch after a blank or a colon. */
export const readChoiceOptions = (args: readonly string[]): ChoiceOptions | null => {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (let index = 0; index < args.length; index++) {
    const [, name = '', attached] = /^[/-]([a-z]+)(?::(.*))?$/i.exec(args[index] ?? '') ?? [];
    const key = name.toLowerCase();
    if (key === 'n' || key === 'cs') flags.add(key);
    else if (!valued.some((one) => one === key)) return null;
    else values.set(key, attached ?? args[++index] ?? '');
  }
  const isCaseSensitive = flags.has('cs');
  const choices = values.get('c') ?? 'YN';
  const shown = isCaseSensitive ? choices : choices.toUpperCase();
  const seconds = values.has('t') ? Number(values.get('t')) : null;
  const fallback = values.get('d') ?? null;
  const isRight =
    /^[a-z0-9\u0080-\uffff]+$/i.test(shown) &&
    new Set(shown).size === shown.length &&
    (seconds === null) === (fallback === null) &&
    (seconds === null || (Number.isInteger(seconds) && seconds >= 0 && seconds <= 9999)) &&
    (fallback === null || indexOfKey(fallback, { choices: shown, isCaseSensitive }) !== null);
  if (!isRight) return null;
  const message = values.get('m') ?? '';
  return { choices: shown, showsChoices: !flags.has('n'), message, isCaseSensitive, fallback, seconds };
};

/** Position of the choice that a key stands for, from 1: the exit code. */
export const indexOfKey = (
  key: string,
  { choices, isCaseSensitive }: Pick<ChoiceOptions, 'choices' | 'isCaseSensitive'>,
): number | null => {
  const index = choices.indexOf(isCaseSensitive ? key : key.toUpperCase());
  return key.length !== 1 || index < 0 ? null : index + 1;
};
