import { readFileSync } from 'node:fs';
import { NotImplemented } from '../../os/not-implemented.ts';
import { writeText, type Stdio } from '../../os/stdio.ts';
import type { WindowsPath } from '../../os/windows-path.ts';
import { expandBatch } from '../syntax/expand.ts';
import { parseCmd } from '../syntax/parse.ts';
import { runNode } from './execute.ts';
import { EndBatch, Goto, type Shell } from './shell.ts';
import { lookUpIn, modifiedPath } from './variables.ts';

interface Batch {
  readonly lines: readonly string[];
  /** `%0` and what follows. */
  readonly args: readonly string[];
  readonly path: string;
}

const labelAt = (lines: readonly string[], label: string): number =>
  lines.findIndex((line) => /^\s*:([^\s:+&|<>]+)/.exec(line)?.[1]?.toLowerCase() === label.toLowerCase());

const argument =
  ({ args, path }: Batch) =>
  (name: string): string | null => {
    if (name === '*') return args.slice(1).join(' ');
    const [, modifiers, digit = '0'] = /^(~[fdpnxsatz]*)?(\d)$/.exec(name) ?? [];
    const value = args[Number(digit)] ?? '';
    if (modifiers === undefined) return value;
    return modifiedPath(digit === '0' ? path : value.replace(/^"(.*)"$/, '$1'), modifiers.slice(1));
  };

/** Reads commands from `from` on, one at a time as cmd does: what a line does to variables counts for the next. */
const runLines = async (batch: Batch, from: number, shell: Shell, stdio: Stdio): Promise<void> => {
  let at = from;
  while (at < batch.lines.length) {
    let text = batch.lines[at++] ?? '';
    if (/^\s*(:|$)/.test(text)) continue;
    let expanded = expandBatch(text, lookUpIn(shell), argument(batch));
    let parsed = parseCmd(expanded);
    // A group, or a caret at the end, goes on in the next lines.
    while (!parsed.ok && parsed.at >= expanded.trimEnd().length && at < batch.lines.length) {
      text += `\n${batch.lines[at++] ?? ''}`;
      expanded = expandBatch(text, lookUpIn(shell), argument(batch));
      parsed = parseCmd(expanded);
    }
    if (!parsed.ok) {
      writeText(stdio.error, `${parsed.message}\r\n`);
      shell.errorLevel = 255;
      throw new EndBatch();
    }
    if (parsed.node === null) continue;
    shell.line = expanded;
    try {
      await runNode(parsed.node, shell, stdio);
    } catch (signal) {
      if (!(signal instanceof Goto)) throw signal;
      if (signal.label.toLowerCase() === ':eof') return;
      at = labelAt(batch.lines, signal.label.replace(/^:/, ''));
      if (at < 0) {
        writeText(stdio.error, `The system cannot find the batch label specified - ${signal.label}\r\n`);
        shell.errorLevel = 1;
        throw new EndBatch();
      }
    }
  }
};

const splitArguments = (tail: string): string[] => tail.match(/"[^"]*"?|[^\s,;=]+/g) ?? [];

/** Runs `run` as a batch of its own: its variables' block (`setlocal`) and its end are its own. */
const nested = async (batch: Batch, from: number, shell: Shell, stdio: Stdio): Promise<void> => {
  const outer = { batch: shell.batch, delayedExpansion: shell.delayedExpansion };
  shell.batch = batch;
  try {
    await runLines(batch, from, shell, stdio);
  } catch (signal) {
    if (!(signal instanceof EndBatch)) throw signal;
    if (signal.code !== null) shell.errorLevel = signal.code;
  } finally {
    shell.batch = outer.batch;
    shell.delayedExpansion = outer.delayedExpansion;
  }
  shell.result = shell.errorLevel;
};

/** Runs a batch file with the arguments of its command line. */
export const runBatch = (file: WindowsPath, name: string, tail: string, shell: Shell, stdio: Stdio): Promise<void> => {
  const text = readFileSync(file.host, 'utf8').replace(/^\uFEFF/, '');
  const batch: Batch = { lines: text.split(/\r?\n/), args: [name, ...splitArguments(tail)], path: file.windows };
  return nested(batch, 0, shell, stdio);
};

/** `call :label arguments`: the rest of the file from there on, as a batch of its own. */
export const callLabel = async (label: string, tail: string, shell: Shell, stdio: Stdio): Promise<void> => {
  const { batch } = shell;
  if (batch === null) {
    writeText(stdio.error, 'Invalid attempt to call batch label outside of batch script.\r\n');
    shell.errorLevel = 1;
    return;
  }
  if (label.toLowerCase() === 'eof') return;
  const from = labelAt(batch.lines, label);
  if (from < 0) {
    writeText(stdio.error, `The system cannot find the batch label specified - ${label}\r\n`);
    shell.errorLevel = 1;
    return;
  }
  await nested({ ...batch, args: [`:${label}`, ...splitArguments(tail)] }, from, shell, stdio);
};

export const shiftArguments = (shell: Shell): void => {
  if (shell.batch === null) throw new NotImplemented('shift outside a batch file');
  shell.batch = { ...shell.batch, args: shell.batch.args.slice(1) };
};
