import type { Activity } from './activity.ts';
import type { Place } from './place.ts';
import type { Json } from './json.ts';

/** Executors of Atomic Red Team's schema. */
export type ExecutorName = 'powershell' | 'command_prompt' | 'sh' | 'bash' | 'manual';

export interface InputArgument {
  readonly name: string;
  readonly description: string;
  /** Lower-cased: `string`, `path`, `url`, `integer`, `float`. */
  readonly type: string;
  readonly default: Json;
}

export interface Dependency {
  readonly description: string;
  readonly prereqCommand: string;
  readonly getPrereqCommand: string | null;
}

export type Executor =
  | { readonly name: 'manual'; readonly elevationRequired: boolean; readonly steps: string }
  | {
      readonly name: Exclude<ExecutorName, 'manual'>;
      readonly elevationRequired: boolean;
      readonly command: string;
      readonly cleanupCommand: string | null;
    };

/** One adversary test, as Atomic Red Team writes it. */
export interface Atomic {
  readonly technique: string;
  readonly techniqueName: string;
  /** Position in its file, from 1; it shifts when upstream inserts tests, so results are keyed by `guid`. */
  readonly number: number;
  readonly guid: string;
  readonly name: string;
  readonly description: string;
  readonly platforms: readonly string[];
  readonly inputs: readonly InputArgument[];
  readonly dependencyExecutor: ExecutorName | null;
  readonly dependencies: readonly Dependency[];
  readonly executor: Executor;
  readonly place: Place;
  /** Of a test that is ordinary life and no attack. */
  readonly activity?: Activity;
}
