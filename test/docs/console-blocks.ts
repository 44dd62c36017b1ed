/** One command of a fenced `console` block, and what a reader is told that it prints. */
export interface ConsoleCommand {
  readonly line: number;
  readonly command: string;
  /** `…` on a line of its own stands for any lines, inside a line for any text. */
  readonly output: readonly string[];
  /** `# exit code 1` after the command; 0 where nothing is said. */
  readonly exitCode: number;
  /** The block says `console lab`: it starts hosts. */
  readonly needsLab: boolean;
}

/** The commands of every `console` block of a page, in order. A block that begins with no `$ ` is a mistake of its author. */
export const consoleCommands = (page: string): readonly ConsoleCommand[] => {
  const commands: ConsoleCommand[] = [];
  let block: string | null = null;
  for (const [index, line] of page.split('\n').entries()) {
    const fence = /^```(.*)$/.exec(line);
    if (fence !== null) block = block === null ? (fence[1] ?? '').trim() : null;
    else if (block !== null && /^console\b/.test(block)) addLine(commands, line, index + 1, block === 'console lab');
  }
  return commands;
};

const addLine = (commands: ConsoleCommand[], line: string, number: number, needsLab: boolean): void => {
  const start = /^\$ (.*?)(?:\s+# exit code (\d+))?$/.exec(line);
  if (start !== null) {
    commands.push({ line: number, command: start[1] ?? '', output: [], exitCode: Number(start[2] ?? 0), needsLab });
    return;
  }
  const last = commands.pop();
  if (last === undefined) throw new Error(`line ${number}: a console block begins with "$ "`);
  commands.push({ ...last, output: [...last.output, line] });
};

/** Whether a command printed what a page says. A page may show nothing, and then says nothing of the output. */
export const matchesOutput = (expected: readonly string[], printed: string): boolean => {
  if (expected.length === 0) return true;
  const pattern = expected
    .map((line) => (line.trim() === '…' ? '(?:.*\\n)*?' : `${line.trimEnd().split('…').map(escape).join('.*')} *\\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(printed.endsWith('\n') ? printed : `${printed}\n`);
};

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
