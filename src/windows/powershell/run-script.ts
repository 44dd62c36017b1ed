import type { Diagnostic } from '../../model/diagnostic.ts';
import { createException, ErrorRecord, RuntimeFailure, TerminatingError } from './engine/error-record.ts';
import { createInvocation } from './engine/invoke.ts';
import type { Frame, Session } from './engine/session.ts';
import { BreakSignal, ContinueSignal, ExitSignal } from './engine/signals.ts';
import { parsePowerShell } from './syntax/parse.ts';
import { ScriptBlockValue, type ScriptText } from './values/value.ts';

const parseError = (script: ScriptText, { code, message, place }: Diagnostic): ErrorRecord => {
  const lines = script.text.split(/\r\n|\n|\r/);
  const offset = (line: number, column: number): number => {
    let at = 0;
    for (let index = 1; index < line; index++) {
      at += lines[index - 1]?.length ?? 0;
      at += script.text.startsWith('\r\n', at) ? 2 : 1;
    }
    return at + column - 1;
  };
  const { line = 1, column = 1, endLine = line, endColumn = column + 1 } = place ?? {};
  return new ErrorRecord({
    exception: createException('System.Management.Automation.ParseException', message),
    category: 'ParserError',
    target: null,
    activity: '',
    reason: 'ParentContainsErrorRecordException',
    id: code.replace('powershell/', ''),
    place: { script, extent: { start: offset(line, column), end: offset(endLine, endColumn) } },
  });
};

const rootFrame = (session: Session, script: ScriptText): Frame => ({
  session,
  script,
  scope: session.global,
  streams: {
    output: session.host.results,
    error: (record) => session.host.error(record),
    warning: (text) => session.host.warning(text),
    information: (text) => session.host.write(text),
  },
});

/** Runs a script in the global scope and gives the exit code that powershell.exe ends with. */
export const runScript = async (session: Session, script: ScriptText, args: readonly string[]): Promise<number> =>
  (await performScript(session, script, args)).exitCode;

/** The same; `exits` when the script said so itself. */
export const performScript = async (
  session: Session,
  script: ScriptText,
  args: readonly string[],
): Promise<{ readonly exitCode: number; readonly exits: boolean }> => {
  const parsed = parsePowerShell(script.text, script.path);
  if (!parsed.ok) {
    for (const diagnostic of parsed.diagnostics) session.host.error(parseError(script, diagnostic));
    return { exitCode: 1, exits: false };
  }
  const block = new ScriptBlockValue(parsed.value, script);
  const names = (parsed.value.parameters ?? []).map(({ name }) => name.toLowerCase());
  const named = new Map(args.slice(0, names.length).map((arg, index) => [names[index] ?? '', arg]));
  const invocation = createInvocation(
    block,
    { named, rest: args.slice(names.length) },
    rootFrame(session, script),
    'caller',
  );
  try {
    await invocation.begin();
    await invocation.process(undefined);
    await invocation.end();
    session.host.flush();
    return { exitCode: session.succeeded ? 0 : 1, exits: false };
  } catch (error) {
    session.host.flush();
    if (error instanceof ExitSignal) return { exitCode: error.code, exits: true };
    // Outside a loop they end the script.
    if (error instanceof BreakSignal || error instanceof ContinueSignal) return { exitCode: 0, exits: false };
    if (error instanceof TerminatingError) {
      session.host.error(error.record);
      return { exitCode: 1, exits: false };
    }
    if (error instanceof RuntimeFailure)
      throw new Error(`a failure without a place: ${error.message}`, { cause: error });
    throw error;
  }
};
