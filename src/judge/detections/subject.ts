import type { Mark } from '../../model/persona.ts';
import type { VariantExecution } from '../../model/manifest.ts';
import type { Variant } from '../../model/scenario.ts';
import type { Engine } from '../../query/engine.ts';
import type { Hub } from '../../telemetry/hub.ts';
import type { CompileDetection } from './compile.ts';
import type { Span } from './span.ts';

/** The variant that detections are judged on, and what judging needs. */
export interface Subject {
  readonly hub: Hub;
  readonly engine: Engine;
  readonly compile: CompileDetection;
  /** Tables that no sensor feeds and that are there all the same, with their marks. */
  readonly given?: ReadonlyMap<string, readonly Mark[]>;
  readonly variant: Variant;
  readonly execution: VariantExecution;
  /** Of the atomic. */
  readonly technique: string;
  /** Ordinary life: nothing may fire on it. */
  readonly benign: boolean;
  /** Drill time of the whole variant, for a rule whose tables it left no row in. */
  readonly span: Span;
  /** Marks of the run and of the persona. */
  readonly marks: readonly Mark[];
  readonly signal: AbortSignal;
}
