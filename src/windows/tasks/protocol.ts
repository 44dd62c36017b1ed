/** What programs ask the Task Scheduler, one JSON object a line on its socket; on Windows they call it over RPC ([MS-TSCH]). */
export type SchedulerRequest =
  | {
      readonly operation: 'register';
      readonly path: string;
      readonly xml: string;
      /** `create` refuses a path that exists, `update` one that does not. */
      readonly mode: 'create' | 'update' | 'create-or-update';
    }
  | { readonly operation: 'delete' | 'run' | 'end'; readonly path: string }
  | { readonly operation: 'enable'; readonly path: string; readonly enabled: boolean }
  | { readonly operation: 'list' };

export type SchedulerReply =
  | { readonly ok: true; readonly tasks: readonly TaskInfo[] }
  /** An HRESULT, and what in the XML was wrong. */
  | { readonly ok: false; readonly code: number; readonly detail?: string }
  /** The persona's own limit. */
  | { readonly ok: false; readonly notImplemented: string };

export type TaskState = 'Disabled' | 'Queued' | 'Ready' | 'Running';

export interface TaskInfo {
  /** `\Folder\Name`. */
  readonly path: string;
  readonly xml: string;
  readonly state: TaskState;
  /** Milliseconds since the epoch; null: never. */
  readonly lastRun: number | null;
  /** An exit code, or a SCHED_S_… status. */
  readonly lastResult: number;
  readonly nextRun: number | null;
  readonly missedRuns: number;
}

/** HRESULTs of the service (winerror.h). */
export const results = {
  fileNotFound: 0x8007_0002,
  invalidArgument: 0x8007_0057,
  alreadyExists: 0x8007_00b7,
  malformedXml: 0x8004_131a,
  taskDisabled: 0x8004_1326,
  taskNotRunning: 0x8004_130b,
  running: 0x0004_1301,
  notYetRun: 0x0004_1303,
  terminated: 0x0004_1306,
} as const;
