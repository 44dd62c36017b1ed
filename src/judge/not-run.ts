/** Ways in which an attack does not happen that are findings of the test, not faults of the lab. */
const findings: ReadonlySet<string> = new Set([
  'prerequisite',
  'prevented',
  'manual',
  'executor',
  'failed-to-start',
  'tool-missing',
  'timeout',
  'unasked',
]);

/** A reason that nobody here knows is the lab's fault: better a nightly job that says "look at the lab" than a silent gap. */
export const isLabFault = (reason: string): boolean => !findings.has(reason);
