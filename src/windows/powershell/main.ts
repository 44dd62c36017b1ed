import { readFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { driveRoot, notImplementedExit, recordsSocket } from '../../model/in-host.ts';
import type { DnsClient } from '../dns/client.ts';
import { openDnsClient } from '../dns/host-client.ts';
import { openHostClock } from '../os/clock.ts';
import { splitCommandLine } from '../os/command-line.ts';
import { exitByte } from '../os/exit-byte.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { openEventLog } from '../os/event-log.ts';
import { findPath } from '../os/find-file.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { hostProcesses } from '../os/processes.ts';
import { readLoggingPolicy } from '../os/policy.ts';
import { processStdio, readText, writeText } from '../os/stdio.ts';
import { toWindowsPath } from '../os/windows-path.ts';
import { openRegistry } from '../registry/registry.ts';
import { callerOf } from '../os/service-call.ts';
import { openSchedulerClient } from '../tasks/client.ts';
import { createCmdletTable } from './commands/table.ts';
import { Scope } from './engine/scope.ts';
import type { Machine, Session } from './engine/session.ts';
import { createConsoleHost } from './host/console-host.ts';
import type { HttpClient } from './http/client.ts';
import { createPooledClient } from './http/pooled-client.ts';
import { createTcpConnector, type TcpConnector } from './net/tcp.ts';
import { randomUuid } from './uuid.ts';
import { readOptions, type PowerShellOptions } from './options.ts';
import { runPrompt } from './prompt.ts';
import { runScript } from './run-script.ts';

/** powershell.exe. Its one argument is its whole command line. */
const openMachine = (): Machine & { finish(): void; close(): Promise<void> } => {
  const eventLog = openEventLog(recordsSocket);
  const environment = new WindowsEnvironment(process.env);
  const clock = openHostClock();
  let client: HttpClient | undefined;
  let names: DnsClient | undefined;
  let connector: TcpConnector | undefined;
  const dns = (): DnsClient => (names ??= openDnsClient(eventLog));
  return {
    stdio: processStdio,
    commandLine: process.argv[2] ?? 'powershell.exe',
    drive: driveRoot,
    environment,
    eventLog,
    logs: readLoggingPolicy(),
    now: clock.now,
    sleep: clock.sleep,
    random: Math.random,
    uuid: () => randomUuid(Math.random),
    http: () => (client ??= createPooledClient(dns())),
    dns,
    tcp: () => (connector ??= createTcpConnector(dns())),
    registry: () => openRegistry({ drive: driveRoot, environment, eventLog }),
    scheduler: () => openSchedulerClient(callerOf(environment)),
    processes: hostProcesses,
    finish: () => connector?.close(),
    close: async () => {
      eventLog.close();
      await client?.close();
    },
  };
};

const openSession = (machine: Machine): Session => ({
  machine,
  cmdlets: createCmdletTable(),
  global: new Scope(null),
  location: toWindowsPath(process.cwd()) ?? 'C:\\',
  drives: new Map(),
  errors: [],
  succeeded: true,
  lastExitCode: null,
  ids: { host: machine.uuid(), runspace: machine.uuid(), sequence: 14 },
  logged: new WeakSet(),
  host: createConsoleHost(machine.stdio),
});

const runFile = (session: Session, path: string, args: readonly string[]): Promise<number> => {
  const file = findPath(path, session.location, session.machine.drive);
  try {
    const text = readFileSync(file?.host ?? path, 'utf8').replace(/^\uFEFF/, '');
    return runScript(session, { text, path: file?.windows ?? path }, args);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    writeText(
      2,
      `The argument '${path}' to the -File parameter does not exist. Provide the path to an existing '.ps1' file as an argument to the -File parameter.\r\n`,
    );
    return Promise.resolve(-196_608);
  }
};

const run = async (session: Session, options: PowerShellOptions): Promise<number> => {
  const isPrompt = options.run.kind === 'input' && isatty(session.machine.stdio.input);
  if (isPrompt) return runPrompt(session, { greets: !options.noLogo });
  const exitCode = await runWhat(session, options.run);
  return options.noExit ? runPrompt(session, { greets: false }) : exitCode;
};

const runWhat = (session: Session, what: PowerShellOptions['run']): Promise<number> => {
  switch (what.kind) {
    case 'command':
      return runScript(session, { text: what.text, path: '' }, []);
    case 'file':
      return runFile(session, what.path, what.args);
    case 'input':
      return runScript(session, { text: readText(session.machine.stdio.input), path: '' }, []);
  }
};

const main = async (commandLine: string): Promise<number> => {
  const read = readOptions(splitCommandLine(commandLine).slice(1));
  if (!read.ok) {
    writeText(2, `${read.message}\r\n`);
    return 1;
  }
  const machine = openMachine();
  try {
    const exitCode = await run(openSession(machine), read.options);
    machine.finish();
    return exitCode;
  } catch (error) {
    const isGap = error instanceof NotImplemented;
    writeText(2, `powershell.exe: ${isGap ? error.message : String(error instanceof Error ? error.stack : error)}\r\n`);
    return isGap ? notImplementedExit : 70;
  } finally {
    await machine.close();
  }
};

void main(process.argv[2] ?? 'powershell.exe').then((code) => {
  process.exitCode = exitByte(code);
});
