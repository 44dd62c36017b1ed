import type { Errand } from '../../tasks/service/entry.ts';
import type { JobInfo, JobState, Priority } from '../protocol.ts';

export interface JobFile {
  readonly url: string;
  /** Windows form, and the host's. */
  readonly path: string;
  readonly host: string;
  /** Where it lies until the job is completed; null before its transfer. */
  temporary: string | null;
  size: number | null;
  transferred: number;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly created: number;
  readonly files: JobFile[];
  modified: number;
  state: JobState;
  priority: Priority;
  /** The latest request that set it going: what the service does for the job it does for whoever asked for that. */
  errand: Errand;
  error: { readonly code: number; readonly file: number } | null;
  notify: { readonly program: string; readonly parameters: string | null } | null;
  /** Calls off the next try after an error that may pass. */
  callOff: () => void;
}

const moving: ReadonlySet<JobState> = new Set(['QUEUED', 'CONNECTING', 'TRANSFERRING', 'TRANSIENT_ERROR']);

/** It goes on by itself. */
export const isMoving = ({ state }: Job): boolean => moving.has(state);

export const infoOf = ({ files, errand: _errand, callOff: _callOff, ...job }: Job): JobInfo => ({
  ...job,
  files: files.map(({ url, path, size, transferred }) => ({ url, path, size, transferred })),
});
