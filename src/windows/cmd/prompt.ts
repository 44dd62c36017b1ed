import { isatty } from 'node:tty';
import { createPromptGuard } from '../os/at-prompt.ts';
import { readLine } from '../os/ask.ts';
import { writeText, type Stdio } from '../os/stdio.ts';
import { runLine } from './run-line.ts';
import type { Shell } from './run/shell.ts';
import { versionText } from './run/internals.ts';

/**
 * Reads commands at a prompt until `exit`, or until the input ends; gives the exit code. A console shows what is typed; of any other input, cmd.exe shows
 * each line itself.
 */
export const runPrompt = async (
  shell: Shell,
  stdio: Stdio,
  { greets, delayedExpansion }: { readonly greets: boolean; readonly delayedExpansion: boolean },
): Promise<number> => {
  const guard = createPromptGuard('cmd.exe');
  const isConsole = isatty(stdio.input);
  // Ctrl+C is for what runs at the prompt. That ends by it, and the prompt comes again.
  process.on('SIGINT', () => undefined);
  if (greets) writeText(stdio.output, `${versionText}\r\n(c) Microsoft Corporation. All rights reserved.\r\n`);
  for (;;) {
    writeText(stdio.output, `\r\n${shell.folder}>`);
    const line = readLine(stdio.input);
    if (line === null) return guard.codeOf(shell.result);
    if (!isConsole) writeText(stdio.output, `${line}\r\n`);
    const exits = await guard.run(() => runLine(line, shell, stdio, delayedExpansion), false);
    if (exits) return guard.codeOf(shell.result);
  }
};
