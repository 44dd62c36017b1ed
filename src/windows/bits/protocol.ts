/** What programs ask the Background Intelligent Transfer Service; on Windows they call it over COM (IBackgroundCopyManager). */
export type BitsRequest =
  | { readonly operation: 'create'; readonly name: string }
  | { readonly operation: 'add'; readonly job: string; readonly url: string; readonly file: string }
  | { readonly operation: 'priority'; readonly job: string; readonly priority: Priority }
  /** Null parameters: the command line is the program's name alone. */
  | {
      readonly operation: 'notify';
      readonly job: string;
      readonly program: string;
      readonly parameters: string | null;
    }
  | { readonly operation: 'resume' | 'suspend' | 'complete' | 'cancel'; readonly job: string }
  /** Answered when the job has nothing left to do by itself. */
  | { readonly operation: 'wait'; readonly job: string }
  | { readonly operation: 'list' };

export const priorities = ['FOREGROUND', 'HIGH', 'NORMAL', 'LOW'] as const;
export type Priority = (typeof priorities)[number];

export type JobState =
  | 'SUSPENDED'
  | 'QUEUED'
  | 'CONNECTING'
  | 'TRANSFERRING'
  | 'TRANSFERRED'
  | 'TRANSIENT_ERROR'
  | 'ERROR'
  | 'ACKNOWLEDGED'
  | 'CANCELLED';

export interface FileInfo {
  readonly url: string;
  /** Windows form. */
  readonly path: string;
  /** Null until the server has said it. */
  readonly size: number | null;
  readonly transferred: number;
}

export interface JobInfo {
  /** `{8-4-4-4-12}`, in capitals. */
  readonly id: string;
  readonly name: string;
  /** `LAB\analyst`. */
  readonly owner: string;
  readonly state: JobState;
  readonly priority: Priority;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly modified: number;
  readonly files: readonly FileInfo[];
  /** An HRESULT, and the file that it is about. */
  readonly error: { readonly code: number; readonly file: number } | null;
  readonly notify: { readonly program: string; readonly parameters: string | null } | null;
}

export type BitsReply =
  /** The job that the request names or makes; of a list, all. */
  | { readonly ok: true; readonly jobs: readonly JobInfo[] }
  /** An HRESULT. */
  | { readonly ok: false; readonly code: number }
  /** The persona's own limit. */
  | { readonly ok: false; readonly notImplemented: string };

/** HRESULTs of the service (bitsmsg.h, winerror.h). */
export const bitsResults = {
  pathNotFound: 0x8007_0003,
  invalidArgument: 0x8007_0057,
  notFound: 0x8020_0001,
  invalidState: 0x8020_0002,
  empty: 0x8020_0003,
  missingFileSize: 0x8020_0011,
  insufficientRangeSupport: 0x8020_0013,
  timeout: 0x8007_2ee2,
  nameNotResolved: 0x8007_2ee7,
  cannotConnect: 0x8007_2efd,
  connectionAborted: 0x8007_2efe,
} as const;
