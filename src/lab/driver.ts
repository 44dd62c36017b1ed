import type { Residue } from '../model/run-result.ts';
import type { Step, StepResult } from '../model/step.ts';
import type { HostSpec, ServiceSpec, Zone } from '../model/topology.ts';
import type { SoftwareLayer } from './software-layer.ts';

/** Why a driver can or cannot run here; `doctor` and driver selection print the same words. */
export type Availability =
  | { readonly available: true; readonly detail: string }
  | { readonly available: false; readonly reason: string; readonly hint: string };

/** Makes labs. Both drivers share this contract and the tests over it. */
export interface Driver {
  readonly name: 'namespace' | 'docker';
  /** Release of the Debian (or child of it) that its hosts' root is of, as os-release has it: `bookworm`; null when it is none. */
  readonly release: string | null;
  probe(signal: AbortSignal): Promise<Availability>;
  /** Creates the fabric: bridges, addresses, routes; no hosts yet. */
  openLab(options: LabOptions): Promise<Lab>;
  /** Ends what labs of this driver left behind; `runId: null` means every run whose owner is gone. */
  cleanup(runId: string | null, signal: AbortSignal): Promise<CleanupReport>;
}

export interface LabOptions {
  readonly runId: string;
  readonly zones: readonly Zone[];
  /** Folder on the machine, private to this run, where raw evidence is written: `<evidence>/<host>/trace`, `<evidence>/bridges.pcapng`. */
  readonly evidence: string;
  /** Software that hosts get beyond their root's own, by host. */
  readonly software?: ReadonlyMap<string, SoftwareLayer>;
  /** Read the kernel's audit records of its hosts: needs root of the machine, and turns auditing on there while the lab is up. */
  readonly kernelAudit?: boolean;
  readonly signal: AbortSignal;
}

/** A file that a host is born with: the Windows persona's drive, for example. */
export interface HostFile {
  /** Absolute, in the host. */
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly mode: number;
}

export interface CleanupReport {
  readonly ended: readonly Residue[];
  /** What could not be removed. */
  readonly left: readonly Residue[];
}

/** A fabric with its hosts. Going down ends every process of it and leaves nothing on the machine. */
export interface Lab extends AsyncDisposable {
  readonly driver: Driver['name'];
  readonly runId: string;
  readonly hosts: ReadonlyMap<string, Host>;
  /** Frames of every zone's bridge, pcapng. Whole when the lab is down. */
  readonly packetsFile: string;
  /** Audit records of every host, as auditd writes them; null without `kernelAudit`. Whole when the lab is down. */
  readonly auditFile: string | null;
  /** Starts and wires one more host, with these files in it. Safe to call in parallel. */
  addHost(spec: HostSpec, files: readonly HostFile[]): Promise<Host>;
  /**
   * Proves that nothing leaves the lab: every link is loopback, a bridge or a veth inside it, and listeners on every
   * address of the machine hear nothing when every host tries them.
   */
  proveSealed(): Promise<SealReport>;
  /** Resolves with the reason when the fabric or a host dies on its own; never when the lab is taken down. */
  readonly died: Promise<string>;
  down(): Promise<CleanupReport>;
}

export interface SealReport {
  readonly sealed: boolean;
  readonly links: number;
  /** Attempts made by hosts at addresses of the machine. */
  readonly attempts: number;
  /** What broke the seal. */
  readonly leaks: readonly string[];
}

export interface ExecRequest {
  readonly step: Step;
  /**
   * First element is the program, an absolute path in the host. A Windows program gets exactly one more: its whole command
   * line, as CreateProcess takes it; it splits that itself, as Windows programs do.
   */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Gets the number of its first process, in the host's own numbering, as soon as there is one. */
  readonly onStart?: (pid: number) => void;
}

export interface TerminalRequest extends ExecRequest {
  /** In characters. */
  readonly size: { readonly columns: number; readonly rows: number };
  /** Gets what the terminal shows: bytes of the host, control sequences and all. */
  readonly onOutput: (bytes: Uint8Array) => void;
}

/** A command that runs on a terminal, for a person or a script to type on. */
export interface Terminal {
  write(bytes: Uint8Array): void;
  resize(size: TerminalRequest['size']): void;
  /** Nobody sits at it any more: the command and all that it started end. */
  hangUp(): void;
  /** What came of it; `stdout` is all that it showed, up to the limit of outputs. Rejects only when the host itself is gone. */
  readonly ended: Promise<StepResult>;
}

/** A running lab host. Its commands are children of one traced agent, so nothing they start goes unseen. */
export interface Host {
  readonly spec: HostSpec;
  /** Raw trace of this host on the machine, growing while the host runs. Format: notes in `sensors/trace`. */
  readonly traceFile: string;
  /** Frames of this host's loopback, pcapng. Whole when the lab is down. */
  readonly packetsFile: string;
  /** Process id of the agent in the host's own numbering. */
  readonly agentPid: number;
  /** Runs a command to its end or its timeout (then its whole tree is killed). Rejects only when the host itself is gone. */
  exec(request: ExecRequest): Promise<StepResult>;
  /** The same on a terminal of its own. */
  openTerminal(request: TerminalRequest): Terminal;
  /** Starts a service of `src/services` inside the host; resolves when it is ready to answer. */
  startService(service: ServiceSpec, step: Step): Promise<ServiceHandle>;
  /** Starts a program of the host that stays; resolves when it has printed the line `ready`. */
  startResident(program: ResidentProgram, step: Step): Promise<ServiceHandle>;
  put(file: HostFile): Promise<void>;
  get(path: string): Promise<Uint8Array>;
  /** Everything that exists now, for proof of cleanup. */
  snapshot(): Promise<HostSnapshot>;
  /**
   * A barrier: when it resolves, every earlier system call of the host is in `traceFile`. Rejects with `sensor/lost` when the
   * trace does not answer: the sensor is dead, and nothing may be judged.
   */
  flushTrace(): Promise<void>;
  /** Native records that components of the host wrote (event log), one JSON object a line. */
  readonly recordsFile: string;
}

export type ResidentProgram = Pick<ExecRequest, 'argv' | 'env' | 'cwd'> & Pick<ServiceSpec, 'name' | 'kind'>;

export interface ServiceHandle {
  readonly name: string;
  readonly pid: number;
  /** Resolves with the reason when the service ends without being stopped. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/** Sorted lists; what differs before and after is what a test left behind. */
export interface HostSnapshot {
  readonly processes: readonly string[];
  readonly files: readonly string[];
  readonly listening: readonly string[];
  /** Accounts and groups, with what they are. */
  readonly users: readonly string[];
  /** Scheduled tasks and cron tables, by their files. */
  readonly tasks: readonly string[];
  /** Keys and values of the Windows persona. */
  readonly registry: readonly string[];
}
