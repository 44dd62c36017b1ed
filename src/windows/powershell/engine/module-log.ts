import { toText } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import type { Session } from './session.ts';
import { powerShellVersion } from './variables.ts';

const channel = 'Microsoft-Windows-PowerShell/Operational';
const provider = 'Microsoft-Windows-PowerShell';

/** What one pipeline did, as module logging tells it when the pipeline ends. */
export interface PipelineLog {
  /** Parameters by their own names. */
  invoked(command: string, bound: readonly (readonly [string, Value])[], script: string): void;
  failed(command: string, message: string, terminates: boolean): void;
  write(): Promise<void>;
}

const silent: PipelineLog = {
  invoked: () => undefined,
  failed: () => undefined,
  write: () => Promise.resolve(),
};

/** ContextInfo: names and values of the engine's log, in its order and with its indent. */
const contextInfo = (session: Session, command: string, script: string): string => {
  const { environment, commandLine } = session.machine;
  const lines: readonly (readonly [string, string])[] = [
    ['Severity', 'Informational'],
    ['Host Name', 'ConsoleHost'],
    ['Host Version', powerShellVersion],
    ['Host ID', session.ids.host],
    ['Host Application', commandLine],
    ['Engine Version', powerShellVersion],
    ['Runspace ID', session.ids.runspace],
    ['Pipeline ID', '1'],
    ['Command Name', command],
    ['Command Type', 'Cmdlet'],
    ['Script Name', script],
    ['Command Path', ''],
    ['Sequence Number', String(session.ids.sequence)],
    ['User', `${environment.get('USERDOMAIN') ?? ''}\\${environment.get('USERNAME') ?? ''}`],
    ['Connected User', ''],
    ['Shell ID', 'Microsoft.PowerShell'],
  ];
  return lines.map(([name, value]) => `        ${name} = ${value}\r\n`).join('');
};

/** Event 4103, one a pipeline: its cmdlets, what their parameters were bound to, and their errors. */
export const openPipelineLog = (session: Session): PipelineLog => {
  const { machine } = session;
  if (!machine.logs.modules) return silent;
  const lines: string[] = [];
  let first: { readonly command: string; readonly script: string } | null = null;
  return {
    invoked: (command, bound, script) => {
      // Stages are built from the last to the first.
      first = { command, script };
      lines.unshift(
        `CommandInvocation(${command}): "${command}"`,
        ...bound.map(([name, value]) => `ParameterBinding(${command}): name="${name}"; value="${toText(value)}"`),
      );
    },
    failed: (command, message, terminates) =>
      void lines.push(`${terminates ? 'TerminatingError' : 'NonTerminatingError'}(${command}): "${message}"`),
    write: async () => {
      if (first === null) return;
      session.ids.sequence += 2;
      const data = {
        ContextInfo: contextInfo(session, first.command, first.script),
        UserData: '',
        Payload: lines.map((line) => `${line}\r\n`).join(''),
      };
      await machine.eventLog.write({ channel, provider, eventId: 4103, data });
    },
  };
};
