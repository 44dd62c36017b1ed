import type { Atomic } from '../../model/atomic.ts';
import type { Detection } from '../../model/detection.ts';
import type { TestSetup } from '../../model/test-setup.ts';
import type { Topology } from '../../model/topology.ts';
import type { SignalTemplate } from '../signals/signal-template.ts';

/** What a scenario may refer to. */
export interface Library {
  readonly atomics: ReadonlyMap<string, Atomic>;
  /** By GUID of the test. */
  readonly signals: ReadonlyMap<string, readonly SignalTemplate[]>;
  readonly setups: ReadonlyMap<string, TestSetup>;
  readonly detections: ReadonlyMap<string, Detection>;
  readonly topologies: ReadonlyMap<string, Topology>;
  /** Names of the files below `environments`, also of those that did not load. */
  readonly environments: ReadonlySet<string>;
  /** Texts of files that did not load: what they name is not missing, it is broken, and has been reported as that. */
  readonly brokenTexts: readonly string[];
}

/** Whether a name that is not known, or the fixed beginning of a pattern, stands in a file that did not load. */
export const isInBrokenFile = (library: Library, name: string): boolean => {
  const [fixed = ''] = name.toLowerCase().split(/[*?]/);
  return library.brokenTexts.some((text) => text.toLowerCase().includes(fixed));
};

/** A test by GUID or by number (`T1583.003-1`, as Invoke-AtomicTest calls it). */
export const findAtomic = (library: Library, reference: string): Atomic | null =>
  library.atomics.get(reference.toLowerCase()) ??
  [...library.atomics.values()].find(
    (atomic) => atomic.activity === undefined && numberOf(atomic) === reference.toUpperCase(),
  ) ??
  null;

/** An activity by its id. */
export const findActivity = (library: Library, id: string): Atomic | null =>
  [...library.atomics.values()].find(({ activity }) => activity?.id === id) ?? null;

export const numberOf = ({ technique, number }: Atomic): string => `${technique}-${number}`;
