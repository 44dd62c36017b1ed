import { readdirSync, readFileSync, statSync } from 'node:fs';
import { findPath } from '../os/find-file.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { matchFiles } from '../cmd/run/match-files.ts';

export interface FindHost {
  readonly drive: string;
  /** Current folder, Windows form. */
  readonly folder: string;
  readonly input: () => string;
  out(text: string): void;
  error(text: string): void;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** findstr's expressions: `.`, `*`, `^`, `$`, classes, `\<`, `\>` and `\x`; plus and braces are plain. */
const toRegex = (pattern: string): string =>
  pattern.replace(/\\([<>])|\\(.)|([+?{}()|])/g, (_, edge?: string, plain?: string, sign?: string) =>
    edge !== undefined ? '\\b' : plain !== undefined ? escape(plain) : `\\${sign ?? ''}`,
  );

interface Options {
  readonly flags: ReadonlySet<string>;
  readonly patterns: readonly string[];
  readonly files: readonly string[];
}

/** `/c:` is one string with blanks; else every word of the first argument is one. */
const readOptions = (args: readonly string[]): Options => {
  const flags = new Set<string>();
  const whole: string[] = [];
  const words: string[] = [];
  for (const arg of args) {
    const literal = /^[/-]c:(.*)$/is.exec(arg);
    if (literal !== null) whole.push(literal[1] ?? '');
    else if (/^[/-](g|f|d|a|q|off):?/i.test(arg)) throw new NotImplemented(`findstr ${arg}`);
    else if (/^[/-][a-z]+$/i.test(arg)) for (const letter of arg.slice(1).toLowerCase()) flags.add(letter);
    else words.push(arg);
  }
  const strings = whole.length > 0 ? whole : (words.shift() ?? '').split(' ').filter(Boolean);
  return { flags, patterns: strings, files: words };
};

const filesBelow = (mask: string, host: FindHost): string[] => {
  const [, head = '', name = ''] = /^(.*\\)?([^\\]*)$/.exec(mask) ?? [];
  const folder = findPath(head === '' ? '.' : head, host.folder, host.drive);
  if (folder === null) return [];
  const folders = readdirSync(folder.host, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...matchFiles(mask, host), ...folders.flatMap((entry) => filesBelow(`${head}${entry.name}\\${name}`, host))];
};

/** `findstr`: gives 0 when a line was found, 1 when none was. */
export const findText = (args: readonly string[], host: FindHost): number => {
  const { flags, patterns, files } = readOptions(args);
  if (patterns.length === 0) {
    host.error('FINDSTR: Bad command line\r\n');
    return 2;
  }
  // Without /l, text is an expression where it holds one of its signs.
  const isLiteral = flags.has('l') || (!flags.has('r') && !patterns.some((pattern) => /[.*^$[\\]/.test(pattern)));
  const sources = patterns.map((pattern) => (isLiteral ? escape(pattern) : toRegex(pattern)));
  const wrap = (source: string): string =>
    flags.has('x') ? `^(?:${source})$` : flags.has('b') ? `^(?:${source})` : flags.has('e') ? `(?:${source})$` : source;
  const regex = new RegExp(sources.map(wrap).join('|'), flags.has('i') ? 'i' : '');
  let found = false;
  const search = (text: string, label: string): void => {
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    for (const [index, line] of lines.entries()) {
      if (regex.test(line) === flags.has('v')) continue;
      found = true;
      if (flags.has('m')) {
        host.out(`${label.replace(/:$/, '')}\r\n`);
        return;
      }
      host.out(`${label}${flags.has('n') ? `${index + 1}:` : ''}${line}\r\n`);
    }
  };
  if (files.length === 0) search(host.input(), '');
  const paths = files.flatMap((mask) =>
    flags.has('s') ? filesBelow(mask, host) : /[*?]/.test(mask) ? matchFiles(mask, host) : [mask],
  );
  const labelled = flags.has('s') || paths.length > 1 || files.some((mask) => /[*?]/.test(mask));
  for (const path of paths) {
    const file = findPath(path, host.folder, host.drive);
    if (file === null || statSync(file.host, { throwIfNoEntry: false })?.isFile() !== true) {
      if (!flags.has('s') && file?.host !== undefined && statSync(file.host, { throwIfNoEntry: false }) === undefined)
        host.error(`FINDSTR: Cannot open ${path}\r\n`);
      continue;
    }
    search(readFileSync(file.host, 'latin1'), labelled ? `${path}:` : '');
  }
  return found ? 0 : 1;
};
