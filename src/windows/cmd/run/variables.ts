import { expandDelayed } from '../syntax/expand.ts';
import type { Shell } from './shell.ts';

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const dateText = (now: Date): string =>
  `${days[now.getDay()] ?? ''} ${pad(now.getMonth() + 1)}/${pad(now.getDate())}/${now.getFullYear()}`;

const timeText = (now: Date): string =>
  `${String(now.getHours()).padStart(2)}:${pad(now.getMinutes())}:${pad(now.getSeconds())}.${pad(Math.floor(now.getMilliseconds() / 10))}`;

/** Variables that the shell computes unless they are set. */
const computed: Readonly<Record<string, (shell: Shell) => string>> = {
  CD: ({ folder }) => folder,
  DATE: ({ now }) => dateText(now()),
  TIME: ({ now }) => timeText(now()),
  RANDOM: ({ random }) => String(Math.floor(random() * 32_768)),
  ERRORLEVEL: ({ errorLevel }) => String(errorLevel),
  CMDCMDLINE: ({ commandLine }) => commandLine,
  CMDEXTVERSION: () => '2',
};

export const lookUpIn =
  (shell: Shell) =>
  (name: string): string | null => {
    const own = shell.environment.get(name);
    if (own !== undefined) return own;
    const key = name.toUpperCase();
    return Object.hasOwn(computed, key) ? (computed[key]?.(shell) ?? null) : null;
  };

/** What is replaced when a command runs: `%i`, `%~i` and `%~nxi` of loops, then `!NAME!` where that is on. */
export const expandLoops = (text: string, shell: Shell): string => {
  const expanded = expandLetters(text, shell);
  return shell.delayedExpansion ? expandDelayed(expanded, lookUpIn(shell)) : expanded;
};

const expandLetters = (text: string, { loops }: Shell): string =>
  loops.size === 0
    ? text
    : text.replace(/%(~[fdpnxsatz]*)?([a-zA-Z])/g, (written, modifiers: string | undefined, letter: string) => {
        const value = loops.get(letter);
        if (value === undefined) return written;
        return modifiers === undefined ? value : modifiedPath(value.replace(/^"(.*)"$/, '$1'), modifiers.slice(1));
      });

export const modifiedPath = (path: string, modifiers: string): string => {
  const match = /^((?:[a-z]:)?)(.*?\\?)([^\\]*?)(\.[^.\\]*)?$/i.exec(path);
  const parts: Readonly<Record<string, string>> = {
    d: match?.[1] ?? '',
    p: match?.[2] ?? '',
    n: match?.[3] ?? '',
    x: match?.[4] ?? '',
    f: path,
  };
  return modifiers === '' ? path : [...modifiers].map((modifier) => parts[modifier] ?? '').join('');
};
