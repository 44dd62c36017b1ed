import type { Signal } from '../../../src/model/signal.ts';

/** A signal over Sysmon's connections of the target that asks for one row or more. */
export const signal = (fields: Partial<Signal> = {}): Signal => ({
  id: 'check-ins',
  description: 'connections',
  table: 'Sysmon-3',
  on: 'target',
  where: { Image: '*' },
  count: { min: 1, max: null },
  every: null,
  orderedAfter: null,
  place: { file: 'atomics/T1/signals.yaml', line: 4, column: 3 },
  ...fields,
});
