import { writeText, type Stdio } from '../os/stdio.ts';
import { runNode } from './run/execute.ts';
import { EndBatch, ExitShell, Goto, type Shell } from './run/shell.ts';
import { lookUpIn } from './run/variables.ts';
import { expandPercent } from './syntax/expand.ts';
import { parseCmd } from './syntax/parse.ts';

/** Runs one line. True when `exit` was called: its result is then the exit code. */
export const runLine = async (
  text: string,
  shell: Shell,
  stdio: Stdio,
  delayedExpansion: boolean,
): Promise<boolean> => {
  shell.delayedExpansion = delayedExpansion;
  const line = expandPercent(text, lookUpIn(shell));
  const parsed = parseCmd(line);
  if (!parsed.ok) {
    writeText(stdio.error, `${parsed.message}\r\n`);
    shell.errorLevel = 255;
    shell.result = 255;
    return false;
  }
  if (parsed.node === null) return false;
  try {
    shell.line = line;
    await runNode(parsed.node, shell, stdio);
    return false;
  } catch (signal) {
    if (signal instanceof Goto || signal instanceof EndBatch) return false;
    if (!(signal instanceof ExitShell)) throw signal;
    shell.errorLevel = signal.code;
    shell.result = signal.code;
    return true;
  }
};
