import { closeSync, openSync } from 'node:fs';
import { NotImplemented } from '../../os/not-implemented.ts';
import { startProcess, type StartedProcess, type StdioEnd } from '../../os/start-process.ts';
import { isWindowsProgram } from '../../os/windows-programs.ts';
import type { WindowsPath } from '../../os/windows-path.ts';
import { createException } from '../engine/error-record.ts';
import { findNative } from '../engine/native.ts';
import { asList } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { PsObject } from '../values/value.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';
import { resolveFile, withFile } from './files.ts';

const notFound = (context: CmdletContext): never =>
  context.terminate({
    exception: createException(
      'System.InvalidOperationException',
      'This command cannot be run due to the error: The system cannot find the file specified.',
    ),
    category: 'InvalidOperation',
    target: null,
    id: 'InvalidOperationException,Microsoft.PowerShell.Commands.StartProcessCommand',
  });

const programOf = (
  name: string,
  context: CmdletContext,
): { readonly program: WindowsPath; readonly before: string } => {
  const found = findNative(name, context.frame);
  if (found === null) {
    if (isWindowsProgram(name) || /^(https?|ms-[\w-]+|shell):/i.test(name))
      throw new NotImplemented(`the program ${name}`);
    return notFound(context);
  }
  if (/\.(bat|cmd)$/i.test(found.windows)) {
    const shell = findNative('cmd.exe', context.frame);
    // ShellExecute of a batch file starts cmd.exe with it.
    if (shell !== null) return { program: shell, before: ` /c ""${found.windows}" ` };
  }
  if (!/\.(exe|com)$/i.test(found.windows)) throw new NotImplemented(`opening ${found.windows}`);
  return { program: found, before: ' ' };
};

/** A window of its own has a console of its own: what it prints is not seen here. */
const endsOf = (
  context: CmdletContext,
): { readonly ends: [StdioEnd, StdioEnd, StdioEnd]; readonly opened: number[] } => {
  const { stdio } = context.frame.session.machine;
  const opened: number[] = [];
  const open = (parameter: string, mode: 'r' | 'w', otherwise: StdioEnd): StdioEnd => {
    const path = context.argument(parameter);
    if (path === undefined) return otherwise;
    const file = resolveFile(toText(path), context);
    const descriptor = withFile(context, file, () => openSync(file.host, mode));
    opened.push(descriptor);
    return descriptor;
  };
  const same = context.has('NoNewWindow');
  const ends: [StdioEnd, StdioEnd, StdioEnd] = [
    open('RedirectStandardInput', 'r', same ? stdio.input : 'ignore'),
    open('RedirectStandardOutput', 'w', same ? stdio.output : 'ignore'),
    open('RedirectStandardError', 'w', same ? stdio.error : 'ignore'),
  ];
  return { ends, opened };
};

const startedObject = ({ child, finished }: StartedProcess, name: string): PsObject => {
  const object = new PsObject(
    ['System.Diagnostics.Process', 'System.ComponentModel.Component'],
    [
      ['Id', child.pid ?? 0],
      ['ProcessName', name],
      ['Name', name],
      ['HasExited', false],
      ['ExitCode', null],
    ],
    {
      text: `System.Diagnostics.Process (${name})`,
      methods: {
        waitforexit: async (args) => {
          const limit = args[0] === undefined ? -1 : Number(coerceNumber(args[0])?.value ?? -1);
          const late = new Promise<false>((resolve) => {
            if (limit >= 0) setTimeout(() => resolve(false), limit).unref();
          });
          child.ref();
          const ended = await Promise.race([finished.then(() => true), late]);
          return args.length === 0 ? null : ended;
        },
        kill: () => {
          child.kill('SIGKILL');
          return null;
        },
        dispose: () => null,
        close: () => null,
      },
      missing: ['StandardOutput', 'StandardError', 'StandardInput', 'StartTime', 'Handle', 'MainModule'],
    },
  );
  void finished.then((end) => {
    object.set('HasExited', true);
    object.set('ExitCode', end.kind === 'ended' ? end.exitCode : null);
  });
  return object;
};

/** Starts a program as ShellExecute does: its full path in quotes, and the arguments as they are. */
export const startProcessCmdlet: Cmdlet = {
  name: 'Start-Process',
  parameters: [
    { name: 'FilePath', aliases: ['PSPath'], position: 0 },
    { name: 'ArgumentList', aliases: ['Args'], position: 1 },
    { name: 'WorkingDirectory' },
    { name: 'Wait', isSwitch: true },
    { name: 'PassThru', isSwitch: true },
    { name: 'NoNewWindow', aliases: ['nnw'], isSwitch: true },
    { name: 'WindowStyle' },
    // The lab's users are administrators: nothing asks for consent.
    { name: 'Verb' },
    { name: 'RedirectStandardInput', aliases: ['RSI'] },
    { name: 'RedirectStandardOutput', aliases: ['RSO'] },
    { name: 'RedirectStandardError', aliases: ['RSE'] },
    { name: 'Credential', aliases: ['RunAs'], unsupported: true },
    { name: 'LoadUserProfile', isSwitch: true },
    { name: 'UseNewEnvironment', isSwitch: true, unsupported: true },
  ],
  start: (context) => ({
    process: async () => {
      const { session } = context.frame;
      const verb = toText(context.argument('Verb') ?? 'open').toLowerCase();
      if (verb !== 'open' && verb !== 'runas') throw new NotImplemented(`Start-Process -Verb ${verb}`);
      const { program, before } = programOf(toText(context.argument('FilePath') ?? null), context);
      const tail = asList(context.argument('ArgumentList') ?? null)
        .map(toText)
        .join(' ');
      const folder = context.argument('WorkingDirectory');
      const { ends, opened } = endsOf(context);
      session.host.flush();
      const started = await startProcess({
        program: program.host,
        commandLine: `"${program.windows}"${before}${tail}${before.includes('""') ? '"' : ''}`,
        environment: session.machine.environment,
        currentFolder: folder === undefined ? session.location : resolveFile(toText(folder), context).windows,
        drive: session.machine.drive,
        stdio: ends,
        outlives: true,
      });
      for (const descriptor of opened) closeSync(descriptor);
      const name = program.windows.replace(/^.*\\/, '').replace(/\.\w+$/, '');
      const object = startedObject(started, name);
      if (context.has('Wait')) {
        started.child.ref();
        const end = await started.finished;
        if (end.kind === 'not-runnable') return notFound(context);
      }
      if (context.has('PassThru')) await context.output(object);
    },
  }),
};
