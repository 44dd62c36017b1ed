import { createPromptGuard } from '../os/at-prompt.ts';
import { readLine } from '../os/ask.ts';
import { writeText } from '../os/stdio.ts';
import type { Session } from './engine/session.ts';
import { performScript } from './run-script.ts';
import { parsePowerShell } from './syntax/parse.ts';

const banner =
  'Windows PowerShell\r\nCopyright (C) Microsoft Corporation. All rights reserved.\r\n\r\n' +
  'Try the new cross-platform PowerShell https://aka.ms/pscore6\r\n\r\n';

/** Whether what is typed so far only wants more: a bracket or a string is open. */
const isUnfinished = (text: string): boolean => {
  const parsed = parsePowerShell(text, '');
  return (
    !parsed.ok &&
    parsed.diagnostics.some(({ code }) => /Missing(End|Terminator)|TerminatorExpected|EmptyPipeElement/.test(code))
  );
};

/** A command of one line or several; null when the input has ended. An empty line ends one that stays unfinished. */
const readCommand = (session: Session): string | null => {
  const { output, input } = session.machine.stdio;
  writeText(output, `PS ${session.location}> `);
  let text = readLine(input);
  while (text !== null && isUnfinished(text)) {
    writeText(output, '>> ');
    const more = readLine(input);
    if (more === null || more === '') break;
    text += `\n${more}`;
  }
  return text;
};

/** Reads commands at a prompt until `exit`, or until the input ends. Gives the exit code. */
export const runPrompt = async (session: Session, { greets }: { readonly greets: boolean }): Promise<number> => {
  const guard = createPromptGuard('powershell.exe');
  if (greets) writeText(session.machine.stdio.output, banner);
  for (;;) {
    const text = readCommand(session);
    if (text === null) return guard.codeOf(0);
    const script = { text, path: '' };
    const { exitCode, exits } = await guard.run(() => performScript(session, script, []), {
      exitCode: 1,
      exits: false,
    });
    if (exits) return guard.codeOf(exitCode);
  }
};
