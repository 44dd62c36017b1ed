/** Facts about the inside of a host that drivers, sensors and personas share. */

/** The harness's own files in a host: interpreter, agent, persona sources, sockets. Nothing below it is telemetry. */
export const harnessFolder = '/.tocsin';

/**
 * Unix socket on which components of the persona write their event-log records, one JSON object a line (`LogRecord`). The agent
 * answers each with a line of its own once the record is safe.
 */
export const recordsSocket = `${harnessFolder}/records.sock`;

/**
 * Socket of the Windows persona's Task Scheduler, which programs of the host ask as they would over RPC: an abstract Unix socket, so
 * that no file of the host is it. The trace writes its first character, a zero, as `@`.
 */
export const taskSchedulerSocket = '@tocsin/task-scheduler';

/** The same of its Background Intelligent Transfer Service. */
export const bitsSocket = '@tocsin/bits';

/** Carries the id of the step that a process belongs to; a cross-check of its lineage. */
export const markerVariable = 'TOCSIN_STEP';

/** Tells programs of ours in a host how drill time runs (`renderDrillClock`); absent in a drill in real time. */
export const clockVariable = 'TOCSIN_CLOCK';

/** Programs that the agent runs before a command to bound it; harness until they exec something else. */
export const launchers = ['setpriv', 'prlimit'] as const;

/** Where a Windows host keeps its drive C in the Linux file system: `/C:/Windows` is `C:\Windows`. */
export const driveRoot = '/C:';

/**
 * Files of a Windows host that hold its registry, one a hive, as regedit's text. On Windows the kernel alone writes a hive, so what a
 * component of the persona does to these files is registry telemetry and no file's; `drive` is the folder that holds drive C.
 */
export const registryFile = (hive: string, drive: string, user: string): string =>
  hive === 'user' ? `${drive}/Users/${user}/NTUSER.reg` : `${drive}/Windows/System32/config/${hive}.reg`;

export const isRegistryFile = (path: string): boolean =>
  /^\/C:\/(Users\/[^/]+\/NTUSER|Windows\/System32\/config\/(SOFTWARE|SYSTEM|SAM|SECURITY|HARDWARE|DEFAULT))\.reg(\.LOG[12])?$/.test(
    path,
  );

/** The interpreter of everything of ours in a host. */
export const hostNode = `${harnessFolder}/node`;

/** Built programs (`dist/host`): `lab/agent.mjs`, `windows/powershell.mjs`, `services/http-listener.mjs` … */
export const hostPrograms = `${harnessFolder}/host`;

/**
 * Where Debian's programs look for authorities: the lab's own, and no other. Windows hosts have the file too, outside of drive C, for the
 * persona's stand-in for Windows' certificate store.
 */
export const trustFolder = '/etc/ssl/certs';
export const trustFile = `${trustFolder}/ca-certificates.crt`;

/** A Linux host's certificate for all its names and its address, and its key (PEM): the lab's authority vouches for it. */
export const serverCertificate = { certificate: `${trustFolder}/host.pem`, key: '/etc/ssl/private/host.key' } as const;

/** The same, with nobody who vouches for it. */
export const selfSignedCertificate = {
  certificate: `${trustFolder}/self-signed.pem`,
  key: '/etc/ssl/private/self-signed.key',
} as const;

/**
 * Exit code of a persona program that met something it does not implement (Windows' own ERROR_CALL_NOT_IMPLEMENTED): what it
 * did not do is no evidence, so the executor must not take the step for executed.
 */
export const notImplementedExit = 120;

/** What a component of the persona writes to `recordsSocket`. */
export interface LogRecord {
  /** Writer, in the host's own numbering. */
  readonly pid: number;
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  /** Microseconds since the epoch, the writer's clock. */
  readonly timeMicros: number;
  /** EventData, by the manifest's names. */
  readonly data: Readonly<Record<string, string | number>>;
  /** The request of a service that the record tells of; see `Handover`. */
  readonly request?: number;
}

/**
 * What a service says of a request, on the same socket: which process asked, and what the service did for it. One process acts for
 * many here, which the trace of system calls cannot tell apart. It is no telemetry, and the trace must bear out each part of it.
 */
export type Handover = {
  readonly pid: number;
  readonly timeMicros: number;
  /** The service's own number. */
  readonly request: number;
} & (
  | { readonly client: number }
  /** A path of the host that the service is about to write or remove. */
  | { readonly file: string }
  /** `10.0.0.1 80`: whom it is about to connect or send to. */
  | { readonly peer: string }
  /** A process that it started, as `DOMAIN\\user`. */
  | { readonly started: number; readonly user: string }
);

type WithoutSender<T> = T extends unknown ? Omit<T, 'pid' | 'timeMicros'> : never;

export type HandoverStatement = WithoutSender<Handover>;
