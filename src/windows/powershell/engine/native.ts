import { startProcess, type StdioEnd } from '../../os/start-process.ts';
import type { WindowsEnvironment } from '../../os/environment.ts';
import { defaultExtensions, findProgram } from '../../os/find-program.ts';
import { crlf } from '../../os/stdio.ts';
import type { WindowsPath } from '../../os/windows-path.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import type { Argument } from '../commands/binding.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import type { StagePosition } from './commands.ts';
import { createException, ErrorRecord, TerminatingError } from './error-record.ts';
import type { Stage } from './pipeline.ts';
import type { Frame } from './session.ts';

export const findNative = (name: string, { session }: Frame): WindowsPath | null =>
  findProgram(name, {
    environment: withScripts(session.machine.environment),
    currentFolder: session.location,
    drive: session.machine.drive,
    currentFolderFirst: false,
  });

/** PowerShell finds its own scripts without their extension, before anything PATHEXT names. */
const withScripts = (environment: WindowsEnvironment): WindowsEnvironment => {
  const copy = environment.copy();
  copy.set('PATHEXT', `.PS1;${environment.get('PATHEXT') ?? defaultExtensions}`);
  return copy;
};

/** A blank outside quotes calls for quotes around; quotes inside are never escaped, which is PowerShell 5.1's known fault. */
const needsQuotes = (text: string): boolean => {
  let quotes = 0;
  for (const [index, char] of [...text].entries()) {
    if (char === '"' && text[index - 1] !== '\\') quotes++;
    else if (/\s/.test(char) && quotes % 2 === 0) return true;
  }
  return false;
};

const quote = (text: string): string => (needsQuotes(text) ? `"${text}${/\\*$/.exec(text)?.[0] ?? ''}"` : text);

/** The arguments as Windows PowerShell 5.1 passes them on: an empty one vanishes. */
export const nativeArguments = (args: readonly Argument[]): string => {
  const words: string[] = [];
  let verbatim = false;
  for (const arg of args) {
    if (verbatim) words.push(arg.text);
    else if (arg.kind === 'value' && arg.text === '--%') verbatim = true;
    else if (arg.kind === 'parameter')
      words.push(arg.value === undefined ? arg.text : `${arg.text}${quote(toText(arg.value))}`);
    else
      words.push(
        ...(Array.isArray(arg.value) && arg.isList !== true
          ? asList(arg.value).map((item) => quote(toText(item)))
          : [quote(arg.text)]),
      );
  }
  return words.filter((word) => word !== '').join(' ');
};

/** Splits what arrives into lines; the rest comes at the end. */
const lineReader = (
  onLine: (line: string) => Promise<void> | void,
): { push(chunk: string): Promise<void>; end(): Promise<void> } => {
  let rest = '';
  return {
    push: async (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) await onLine(line.replace(/\r$/, ''));
    },
    end: async () => {
      if (rest !== '') await onLine(rest.replace(/\r$/, ''));
    },
  };
};

const notRunnable = (program: WindowsPath, reason: string): TerminatingError =>
  new TerminatingError(
    new ErrorRecord({
      exception: createException(
        'System.Management.Automation.ApplicationFailedException',
        `Program '${program.windows.replace(/^.*\\/, '')}' failed to run: ${reason}`,
      ),
      category: 'ResourceUnavailable',
      target: null,
      activity: '',
      id: 'NativeCommandFailed',
      place: null,
    }),
  );

/** A program as a stage: its lines are the results, unless nothing takes them and it writes to the host's output itself. */
export const createNativeStage = (
  program: WindowsPath,
  args: readonly Argument[],
  frame: Frame,
  position: StagePosition,
): Stage => {
  if (/\.(bat|cmd|ps1|vbs|js)$/i.test(program.windows))
    throw new NotImplemented(`running the script ${program.windows}`);
  const { session } = frame;
  const { stdio } = session.machine;
  const inputs: Value[] = [];
  const direct = frame.streams.output === session.host.results;
  const run = async (): Promise<void> => {
    const tail = nativeArguments(args);
    session.host.flush();
    const errorDirect = frame.streams.error === position.caller.streams.error;
    const ends: [StdioEnd, StdioEnd, StdioEnd] = [
      position.isFirst ? stdio.input : 'pipe',
      direct ? stdio.output : 'pipe',
      errorDirect ? stdio.error : 'pipe',
    ];
    const { child, finished } = await startProcess({
      program: program.host,
      commandLine: `"${program.windows}"${tail === '' ? '' : ` ${tail}`}`,
      environment: session.machine.environment,
      currentFolder: session.location,
      drive: session.machine.drive,
      stdio: ends,
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(crlf(inputs.map((input) => `${toText(input)}\n`).join('')));
    const reads = [
      read(child.stdout, frame.streams.output),
      read(child.stderr, (line) => frame.streams.error(nativeError(line))),
    ];
    const end = await finished;
    await Promise.all(reads);
    if (end.kind === 'not-runnable') throw notRunnable(program, end.reason);
    session.lastExitCode = end.exitCode;
    if (end.exitCode !== 0) failed = true;
  };
  let failed = false;
  return {
    begin: () => Promise.resolve(),
    process: (input) => {
      if (input !== undefined) inputs.push(input);
      return Promise.resolve();
    },
    end: async () => {
      await run();
      if (failed) session.succeeded = false;
    },
  };
};

const read = async (
  stream: NodeJS.ReadableStream | null,
  onLine: (line: string) => Promise<void> | void,
): Promise<void> => {
  if (stream === null) return;
  const reader = lineReader(onLine);
  stream.setEncoding('utf8');
  for await (const chunk of stream) await reader.push(String(chunk));
  await reader.end();
};

/** A line of a program's error output, where the script redirects it. */
const nativeError = (line: string): ErrorRecord =>
  new ErrorRecord({
    exception: createException('System.Management.Automation.RemoteException', line),
    category: 'NotSpecified',
    target: { text: line, type: 'String' },
    activity: '',
    reason: 'RemoteException',
    id: 'NativeCommandError',
    place: null,
  });
