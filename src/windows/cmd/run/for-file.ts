import { readFileSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import { startProcess } from '../../os/start-process.ts';
import { writeText, type Stdio } from '../../os/stdio.ts';
import { findExternal } from './external.ts';
import type { Shell } from './shell.ts';

export interface LineOptions {
  readonly delimiters: string;
  readonly tokens: readonly number[];
  /** The rest of the line, behind the last token. */
  readonly takesRest: boolean;
  readonly skip: number;
  readonly endOfLine: string;
  readonly backQuotes: boolean;
}

/** `"tokens=1,3* delims=, skip=1 eol=; usebackq"`. */
export const readLineOptions = (text: string): LineOptions => {
  const inner = text.replace(/^"|"$/g, '');
  const delimiters = /delims=(.*?)(?=\s+(?:tokens|skip|eol|usebackq)\b|$)/i.exec(inner);
  const tokens = /tokens=(\S+)/i.exec(inner)?.[1] ?? '1';
  const numbers = tokens
    .replace(/\*$/, '')
    .split(',')
    .filter(Boolean)
    .flatMap((part) => {
      const [from = 1, to = from] = part.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    });
  return {
    delimiters: delimiters === null ? ' \t' : (delimiters[1] ?? ''),
    tokens: numbers,
    takesRest: tokens.endsWith('*'),
    skip: Number(/skip=(\d+)/i.exec(inner)?.[1] ?? 0),
    endOfLine: /eol=(.)/i.exec(inner)?.[1] ?? ';',
    backQuotes: /usebackq/i.test(inner),
  };
};

/** Values of one line for the loop's letter and those behind it; null for a line that is passed over. */
export const splitLine = (line: string, options: LineOptions): string[] | null => {
  if (line === '' || line.startsWith(options.endOfLine)) return null;
  const isDelimiter = (char: string): boolean => options.delimiters.includes(char);
  const last = Math.max(0, ...options.tokens);
  const found: string[] = [];
  let at = 0;
  const skipDelimiters = (): void => {
    while (at < line.length && isDelimiter(line.charAt(at))) at++;
  };
  while (found.length < last) {
    skipDelimiters();
    if (at >= line.length) break;
    const start = at;
    while (at < line.length && !isDelimiter(line.charAt(at))) at++;
    found.push(line.slice(start, at));
  }
  if (found.length === 0 && last > 0) return null;
  const values = options.tokens.map((token) => found[token - 1] ?? '');
  if (!options.takesRest) return values;
  skipDelimiters();
  return [...values, line.slice(at)];
};

const outputOf = async (command: string, shell: Shell, stdio: Stdio): Promise<string> => {
  const cmd = findExternal(shell.environment.get('ComSpec') ?? 'cmd.exe', shell);
  if (cmd === null) return '';
  const { child, finished } = await startProcess({
    program: cmd.host,
    commandLine: `${cmd.windows} /c ${command}`,
    environment: shell.environment,
    currentFolder: shell.folder,
    drive: shell.drive,
    stdio: [stdio.input, 'pipe', stdio.error],
  });
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await finished;
  return text;
};

/** Lines of what stands in the parentheses of `for /f`: a command's output, a text, or files. */
export const linesOf = async (set: string, options: LineOptions, shell: Shell, stdio: Stdio): Promise<string[]> => {
  const text = set.trim();
  const [command, literal] = options.backQuotes ? (['`', "'"] as const) : (["'", '"'] as const);
  const inner = text.slice(1, -1);
  if (text.startsWith(command)) return (await outputOf(inner, shell, stdio)).split(/\r?\n/).slice(options.skip);
  if (text.startsWith(literal)) return [inner].slice(options.skip);
  const lines: string[] = [];
  for (const word of text.match(/"[^"]*"|[^\s,;=]+/g) ?? []) {
    const path = word.replaceAll('"', '');
    const file = findPath(path, shell.folder, shell.drive);
    try {
      lines.push(
        ...readFileSync(file?.host ?? path, 'utf8')
          .split(/\r?\n/)
          .slice(options.skip),
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      writeText(stdio.error, `The system cannot find the file ${path}.\r\n`);
    }
  }
  return lines;
};
