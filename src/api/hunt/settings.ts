import type { FilterMeaning } from '../../query/sigma/filter/filter.ts';
import type { Level } from '../../query/sigma/rule/rule.ts';
import type { Micros } from '../../model/event.ts';
import type { HuntHit } from '../../model/hunt.ts';

export interface HuntSettings {
  /** Files and folders with Sigma rules, correlations and filters. */
  readonly detections: readonly string[];
  /** Files and folders with logs, or recordings. */
  readonly data: readonly string[];
  /** Where relative paths begin. Default: where the process runs. */
  readonly folder?: string;
  /** Processing pipelines in pySigma's format. */
  readonly pipelines?: readonly string[];
  /** Files and folders with filters, beside those among the detections. */
  readonly filters?: readonly string[];
  /** What a filter's condition says. Default: as written. */
  readonly filterMeaning?: FilterMeaning;
  /** Only rules of this level and above; a rule that says none has none of them. */
  readonly minLevel?: Level;
  /** Only rules of these techniques (`T1059`), their sub-techniques among them. */
  readonly techniques?: readonly string[];
  /** Only rules of these statuses: `stable`, `test` … */
  readonly statuses?: readonly string[];
  /** Only events of this time on, and before that one. */
  readonly from?: Micros;
  readonly to?: Micros;
  /** How many hits of each rule `onHit` hears of; all are counted. Default: all. */
  readonly keep?: number;
  /** Has SQL decide a sample of events again, every hit rule among them. A disagreement is an error. */
  readonly verify?: boolean;
  /** Threads that read and match. Default: one a core, at most four; one where there is little to read. */
  readonly threads?: number;
  /** Hits of single events in the order of the files and their records, then those of correlations. */
  readonly onHit?: (hit: HuntHit) => void;
  readonly onProgress?: (progress: HuntProgress) => void;
  readonly signal?: AbortSignal;
}

export interface HuntProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
  readonly events: number;
  readonly hits: number;
}
