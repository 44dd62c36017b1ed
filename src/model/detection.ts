import type { CloudSiemRule } from './cloud-siem-rule.ts';
import type { TextOrigin } from './place.ts';

/** Of queries: one text, which the engine compiles. */
export type Language = 'kql' | 'sumo' | 'sigma';

/** A Cloud SIEM rule is several expressions: see `Detection.rule`. */
export type DetectionLanguage = Language | 'cloud-siem';

/** When a rule runs on its platform. A detection is a query and its schedule. */
export interface Schedule {
  /** How often it runs. */
  readonly frequencySeconds: number;
  /** How far each run looks back. */
  readonly periodSeconds: number;
  /** The run fires when it returns more rows than this (Sentinel's `triggerOperator: gt`). */
  readonly threshold: number;
}

/** A rule in its own language and file format; `text` is exactly what its platform would run. */
export interface Detection {
  readonly id: string;
  readonly title: string;
  readonly language: DetectionLanguage;
  readonly platform: string;
  readonly severity: 'informational' | 'low' | 'medium' | 'high' | 'critical';
  readonly techniques: readonly string[];
  /** `published` text is kept word for word; `maintained` is ours. */
  readonly origin: 'published' | 'maintained';
  readonly schedule: Schedule;
  /** Of a Cloud SIEM rule, and only of one: what `text` says, read. */
  readonly rule?: CloudSiemRule;
  readonly text: string;
  /** Where `text` begins: `placeInText` makes a position in the query one in the file. */
  readonly place: TextOrigin;
  /** Lower-case hex SHA-256 of `text`. */
  readonly hash: string;
}
