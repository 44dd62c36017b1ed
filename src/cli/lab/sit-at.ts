import { stripVTControlCharacters } from 'node:util';
import { askLab } from '../../api/lab/ask-lab.ts';
import type { LabFile } from '../../api/lab/lab-file.ts';
import type { Typed } from '../../api/lab/protocol.ts';
import type { StepResult } from '../../model/step.ts';
import type { ShellName } from '../../run/executors.ts';
import type { CommandContext } from '../context.ts';

/** Ctrl+], as telnet has it: a key that no shell needs. */
const leaveKey = 0x1d;
const endOfInput = '\u0004';

const typed = (bytes: Uint8Array | string): Typed => ({
  type: 'type',
  base64: Buffer.from(bytes).toString('base64'),
});

/** Sits a person, or what comes through a pipe, at a shell of a host. Null when the person left it. */
export const sitAt = async (
  labs: string,
  file: LabFile,
  where: { readonly host: string; readonly shell: ShellName | null },
  { keyboard, stdin, stdout, signal, screen }: CommandContext,
): Promise<StepResult | null> => {
  const left = new AbortController();
  const ends = AbortSignal.any([signal, left.signal]);
  const decoder = new TextDecoder();
  // A terminal gets all that the host's shell paints on it, which is what a terminal is for; nothing else does.
  const show = (bytes: Buffer): void => {
    const text = decoder.decode(bytes, { stream: true });
    stdout.write(keyboard === undefined ? stripVTControlCharacters(text).replace(/\r+\n/g, '\n') : text);
  };
  const size = keyboard?.size() ?? { columns: 80, rows: 25 };
  const question = { ask: 'shell', ...where, term: keyboard?.term ?? null, size } as const;
  const session = askLab(labs, file, question, ends, show);
  if (keyboard === undefined) void pipeIn(stdin, (message) => session.type(message));
  else screen.note('Ctrl+] leaves this shell\n');
  const release = keyboard?.open(
    (bytes) => {
      if (bytes.includes(leaveKey)) left.abort(new Error('left'));
      else session.type(typed(bytes));
    },
    () => session.type({ type: 'resize', ...(keyboard?.size() ?? size) }),
  );
  try {
    return await session.answer;
  } catch (error) {
    if (left.signal.aborted) return null;
    throw error;
  } finally {
    release?.();
  }
};

const pipeIn = async (stdin: CommandContext['stdin'], send: (message: Typed) => void): Promise<void> => {
  // A terminal's Enter is a carriage return; what a line ends in on Windows is one Enter, too.
  let last = '\n';
  for await (const text of stdin?.() ?? []) {
    send(typed(text.replace(/\r?\n/g, '\r')));
    last = text.at(-1) ?? last;
  }
  // Behind an unfinished line it would only send that line off.
  send(typed(last === '\n' ? endOfInput : `\r${endOfInput}`));
};
