import type { RunResult } from '../model/run-result.ts';

/** One way to write a run down: a folder of this room, on the list of `formats.ts`. */
export interface ReportFormat {
  /** As `--format` names it. */
  readonly name: string;
  /** Name of a file in the run's folder → its text. Pure: the same run gives the same files. */
  readonly render: (run: RunResult) => Readonly<Record<string, string>>;
}
