import type { DnsClient } from '../../dns/client.ts';
import type { EventLog } from '../../os/event-log.ts';
import type { WindowsEnvironment } from '../../os/environment.ts';
import type { ProcessTable } from '../../os/processes.ts';
import type { LoggingPolicy } from '../../os/policy.ts';
import type { Stdio } from '../../os/stdio.ts';
import type { SchedulerClient } from '../../tasks/client.ts';
import type { Registry } from '../../registry/registry.ts';
import type { CmdletTable } from '../commands/cmdlet.ts';
import type { HttpClient } from '../http/client.ts';
import type { TcpConnector } from '../net/tcp.ts';
import type { ScriptText, Value } from '../values/value.ts';
import type { ErrorRecord } from './error-record.ts';
import type { Scope } from './scope.ts';
import type { Sink } from './signals.ts';

/** What a script may do to the world. */
export interface Machine {
  readonly stdio: Stdio;
  /** How powershell.exe was started. */
  readonly commandLine: string;
  readonly environment: WindowsEnvironment;
  /** The host's folder that holds drive C. */
  readonly drive: string;
  readonly eventLog: EventLog;
  readonly logs: LoggingPolicy;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
  readonly uuid: () => string;
  /** Opened with the first request: most scripts make none. */
  readonly http: () => HttpClient;
  readonly dns: () => DnsClient;
  readonly tcp: () => TcpConnector;
  readonly registry: () => Registry;
  readonly scheduler: () => SchedulerClient;
  readonly processes: ProcessTable;
}

/** One running PowerShell: what all its scripts share. */
export interface Session {
  readonly machine: Machine;
  readonly cmdlets: CmdletTable;
  readonly global: Scope;
  /** Current folder, Windows form. */
  location: string;
  /** Drives of the registry that `New-PSDrive` made: lower-case name → key. */
  readonly drives: Map<string, string>;
  /** `$Error`, newest first. */
  readonly errors: Value[];
  /** `$?`. */
  succeeded: boolean;
  /** `$LASTEXITCODE`. */
  lastExitCode: number | null;
  /** What event 4103 names the session by. */
  readonly ids: { readonly host: string; readonly runspace: string; sequence: number };
  /** Syntax trees of script blocks that event 4104 has shown. */
  readonly logged: WeakSet<object>;
  /** Results that nothing takes: shown on standard output. */
  readonly host: HostOutput;
}

export interface HostOutput {
  /** The sink of a script's own results; a native program may write to standard output itself when its results go here. */
  readonly results: Sink;
  /** Ends a table that is being shown. */
  flush(): void;
  write(text: string): void;
  error(record: ErrorRecord): void;
  warning(text: string): void;
}

/** Where the streams of the running code go. */
export interface Streams {
  readonly output: Sink;
  readonly error: (record: ErrorRecord) => Promise<void> | void;
  readonly warning: (text: string) => void;
  readonly information: (text: string) => void;
}

/** Where evaluation stands. */
export interface Frame {
  readonly session: Session;
  readonly scope: Scope;
  readonly script: ScriptText;
  readonly streams: Streams;
}
