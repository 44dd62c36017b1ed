import type { ServiceName } from '../../model/service-log.ts';

/**
 * What driver and agent say to each other: one JSON object a line, on descriptors that no other process of the host has.
 * Bytes that come from the host (outputs, files, records) only ever travel inside strings, so nothing a test prints can
 * pass for a message.
 */
export interface AgentCalls {
  readonly exec: { readonly input: ExecInput; readonly output: ExecOutput };
  /** Runs a command on a terminal of its own; what that shows comes as `screen` messages, and is the command's standard output. */
  readonly terminal: { readonly input: TerminalInput; readonly output: ExecOutput };
  /** Types on the terminal of an earlier call. */
  readonly type: { readonly input: { readonly call: number; readonly base64: string }; readonly output: null };
  readonly resize: { readonly input: { readonly call: number } & TerminalSize; readonly output: null };
  /** Starts a program and answers once it prints the line `ready`; its end is an `ended` message. */
  readonly service: { readonly input: ServiceInput; readonly output: { readonly pid: number } };
  /** Ends the process tree of an earlier `exec` or `service` call. What a service printed comes before the answer. */
  readonly kill: { readonly input: { readonly call: number }; readonly output: null };
  readonly put: {
    readonly input: { readonly path: string; readonly mode: number; readonly base64: string };
    readonly output: null;
  };
  readonly get: { readonly input: { readonly path: string }; readonly output: { readonly base64: string } };
  readonly snapshot: { readonly input: null; readonly output: SnapshotOutput };
  /** Makes one traced system call that names the token, and fails. */
  readonly sync: { readonly input: { readonly token: string }; readonly output: null };
  /** Tries to reach addresses: what comes of it is for the proof that the lab is sealed. */
  readonly attempt: { readonly input: AttemptInput; readonly output: readonly AttemptOutcome[] };
  /** The record with this number is on disk; its writer may go on. */
  readonly recorded: { readonly input: { readonly record: number }; readonly output: null };
}

export type AgentOperation = keyof AgentCalls;

export type AgentRequest = {
  readonly [O in AgentOperation]: {
    readonly call: number;
    readonly operation: O;
    readonly input: AgentCalls[O]['input'];
  };
}[AgentOperation];

export type AgentMessage =
  | { readonly type: 'ready'; readonly pid: number }
  | { readonly type: 'answer'; readonly call: number; readonly output: unknown }
  | { readonly type: 'refused'; readonly call: number; readonly reason: string }
  | { readonly type: 'ended'; readonly call: number; readonly reason: string }
  /** The command of a call has a process. */
  | { readonly type: 'started'; readonly call: number; readonly pid: number }
  /** A terminal showed this. */
  | { readonly type: 'screen'; readonly call: number; readonly base64: string }
  | { readonly type: 'record'; readonly record: number; readonly line: string }
  /** What a service printed after it was ready: the log of a host, when that is its service. */
  | { readonly type: 'output'; readonly service: ServiceName; readonly line: string };

/** The agent's only argument. */
export interface AgentConfig {
  /** Put before every command: takes privileges away, then becomes the command. */
  readonly launcher: readonly string[];
}

export interface ExecInput {
  readonly argv: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly timeoutMs: number;
}

export interface ServiceInput extends ExecInput {
  readonly service: ServiceName;
}

/** In characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export type TerminalInput = ExecInput & TerminalSize;

export interface ExecOutput {
  readonly pid: number | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly failedToStart: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  /** Microseconds since the epoch. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

export interface SnapshotOutput {
  readonly processes: readonly string[];
  readonly files: readonly string[];
  readonly listening: readonly string[];
  readonly users: readonly string[];
  readonly tasks: readonly string[];
  readonly registry: readonly string[];
}

export interface AttemptInput {
  readonly targets: readonly AttemptTarget[];
  readonly timeoutMs: number;
  /** Sent on every datagram and connection, so that a listener knows whom it hears. */
  readonly token: string;
}

export interface AttemptTarget {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
}

export interface AttemptOutcome extends AttemptTarget {
  /** `connected`, `sent`, `answered`, `timeout` or the error code. */
  readonly outcome: string;
}
