import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogRecord } from '../../../src/model/in-host.ts';
import { createDnsClient } from '../../../src/windows/dns/client.ts';
import type { NameServer } from '../../../src/windows/dns/exchange.ts';
import type { EventLog } from '../../../src/windows/os/event-log.ts';
import { WindowsEnvironment } from '../../../src/windows/os/environment.ts';
import type { WindowsProcess } from '../../../src/windows/os/processes.ts';
import { createCmdletTable } from '../../../src/windows/powershell/commands/table.ts';
import { Scope } from '../../../src/windows/powershell/engine/scope.ts';
import type { Session } from '../../../src/windows/powershell/engine/session.ts';
import { createConsoleHost } from '../../../src/windows/powershell/host/console-host.ts';
import { createPooledClient } from '../../../src/windows/powershell/http/pooled-client.ts';
import { openRegistry } from '../../../src/windows/registry/registry.ts';
import { createTcpConnector } from '../../../src/windows/powershell/net/tcp.ts';
import { createTestScheduler } from './task-scheduler.ts';
import { runScript } from '../../../src/windows/powershell/run-script.ts';

export interface PowerShellRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly records: readonly Omit<LogRecord, 'pid' | 'timeMicros'>[];
  /** Milliseconds that the script asked to sleep; no test waits. */
  readonly slept: readonly number[];
  /** Processes that the script ended. */
  readonly killed: readonly number[];
}

export interface PowerShellHost {
  readonly drive: string;
  run(script: string, path?: string): Promise<PowerShellRun>;
  close(): void;
}

/** What runs on the host, for scripts that list or end it. */
const processes: readonly WindowsProcess[] = [
  { id: 400, image: 'C:\\Windows\\System32\\cmd.exe', commandLine: 'cmd.exe /c x', startedAt: 0, workingSet: 4096 },
  { id: 404, image: 'C:\\Tools\\beacon.exe', commandLine: 'beacon.exe', startedAt: 0, workingSet: 8192 },
];

/** Runs scripts in this process, on a drive C of their own. Without a name server no name is found. */
export const openPowerShell = (nameServer: NameServer | null = null, logsModules = false): PowerShellHost => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-windows-'));
  const drive = join(folder, 'C');
  mkdirSync(join(drive, 'Users/analyst/Temp'), { recursive: true });
  const run = async (script: string, path = ''): Promise<PowerShellRun> => {
    const [out, err] = [join(folder, 'stdout'), join(folder, 'stderr')];
    const stdio = { input: openSync('/dev/null', 'r'), output: openSync(out, 'w'), error: openSync(err, 'w') };
    const records: Omit<LogRecord, 'pid' | 'timeMicros'>[] = [];
    const slept: number[] = [];
    const killed: number[] = [];
    const eventLog: EventLog = {
      write: (record) => {
        records.push(record);
        return Promise.resolve();
      },
      close: () => undefined,
    };
    const dns = createDnsClient({
      server: nameServer,
      hosts: new Map([['localhost', ['127.0.0.1']]]),
      eventLog,
      random: () => 0.5,
    });
    const http = createPooledClient(dns);
    const tcp = createTcpConnector(dns);
    const environment = new WindowsEnvironment({
      USERNAME: 'analyst',
      TEMP: 'C:\\Users\\analyst\\Temp',
      TOCSIN_STEP: 'test',
    });
    const now = (): number => Date.UTC(2026, 10, 20, 12, 34, 56);
    const tasks = createTestScheduler(drive, now);
    const session: Session = {
      machine: {
        stdio,
        commandLine: 'powershell.exe -c x',
        drive,
        environment,
        eventLog,
        logs: { scriptBlocks: true, modules: logsModules, dnsQueries: true },
        now,
        sleep: (milliseconds) => {
          slept.push(milliseconds);
          return Promise.resolve();
        },
        random: () => 0.5,
        uuid: () => `id-${records.length}`,
        http: () => http,
        dns: () => dns,
        tcp: () => tcp,
        processes: { list: () => processes, kill: (id) => killed.push(id) > 0 },
        registry: () => openRegistry({ drive, environment, eventLog }),
        scheduler: () => tasks.client,
      },
      cmdlets: createCmdletTable(),
      global: new Scope(null),
      location: 'C:\\Users\\analyst\\Temp',
      drives: new Map(),
      errors: [],
      succeeded: true,
      lastExitCode: null,
      ids: { host: 'host', runspace: 'runspace', sequence: 14 },
      logged: new WeakSet(),
      host: createConsoleHost(stdio),
    };
    try {
      const exitCode = await runScript(session, { text: script, path }, []);
      tcp.close();
      const text = (file: string): string => readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
      return { stdout: text(out), stderr: text(err), exitCode, records: [...records, ...tasks.records], slept, killed };
    } finally {
      await http.close();
      Object.values(stdio).forEach((descriptor) => closeSync(descriptor));
    }
  };
  return { drive, run, close: () => rmSync(folder, { recursive: true }) };
};
