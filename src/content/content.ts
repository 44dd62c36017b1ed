import type { Atomic } from '../model/atomic.ts';
import type { Detection } from '../model/detection.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Directory } from '../model/directory.ts';
import type { Environment } from '../model/environment.ts';
import type { Indicator } from '../model/manifest.ts';
import type { Playbook } from '../model/playbook.ts';
import type { Scenario } from '../model/scenario.ts';
import type { TestSetup } from '../model/test-setup.ts';
import type { Topology } from '../model/topology.ts';
import type { SignalTemplate } from './signals/signal-template.ts';

/** Everything that people wrote, checked. What did not load is in `diagnostics`, and only there. */
export interface Content {
  /** By GUID. */
  readonly atomics: ReadonlyMap<string, Atomic>;
  /** By GUID of the test; `signalsOf` puts inputs in. */
  readonly signals: ReadonlyMap<string, readonly SignalTemplate[]>;
  /** What tests ask of their lab, by GUID; most ask nothing and are not here. */
  readonly setups: ReadonlyMap<string, TestSetup>;
  /** By id. */
  readonly detections: ReadonlyMap<string, Detection>;
  /** By name. */
  readonly topologies: ReadonlyMap<string, Topology>;
  /** By id. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /** By technique. */
  readonly playbooks: ReadonlyMap<string, Playbook>;
  /** By name: the file's, without its extension. */
  readonly environments: ReadonlyMap<string, Environment>;
  readonly indicators: readonly Indicator[];
  /** Of the lab's Entra ID; null when the project has none. */
  readonly directory: Directory | null;
  /** Text of every file that was read, by its path in the project. */
  readonly sources: ReadonlyMap<string, string>;
  /** All problems of all files, in the order of files and lines. */
  readonly diagnostics: readonly Diagnostic[];
  readonly counts: ContentCounts;
}

export interface ContentCounts {
  readonly files: number;
  readonly filesNotLoaded: number;
  readonly atomics: number;
  readonly signals: number;
  readonly detections: number;
  readonly topologies: number;
  readonly scenarios: number;
}
