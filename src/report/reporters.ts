import type { Reporter, RunEvent } from '../model/run-event.ts';

export interface ReporterFailure {
  readonly reporter: number;
  readonly error: unknown;
}

/** Reporters as one. */
export interface Reporters extends Reporter {
  /** The first failure of each reporter that threw; it hears nothing more. */
  readonly failures: readonly ReporterFailure[];
  /** Resolves when every event so far has been delivered; a run ends after this. */
  settled(): Promise<void>;
}

/**
 * Hands every event to every reporter, in order, one event after the other. A reporter that throws is left out from then on and
 * cannot break the run; what it threw is kept.
 */
export const createReporters = (reporters: readonly Reporter[]): Reporters => {
  const owners = reporters.filter((reporter) => reporter.printsToStdout).length;
  if (owners > 1) throw new Error(`${owners} reporters want standard output`);
  const failures: ReporterFailure[] = [];
  let queue: Promise<void> = Promise.resolve();

  const deliver = async (event: RunEvent): Promise<void> => {
    for (const [index, reporter] of reporters.entries()) {
      if (failures.some((failure) => failure.reporter === index)) continue;
      try {
        await reporter.onEvent(event);
      } catch (error) {
        failures.push({ reporter: index, error });
      }
    }
  };

  return {
    printsToStdout: owners === 1,
    failures,
    settled: () => queue,
    onEvent: (event) => (queue = queue.then(() => deliver(event))),
  };
};
