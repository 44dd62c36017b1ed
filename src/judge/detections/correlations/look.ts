import type { CompiledCorrelation } from '../../../query/engine.ts';
import { correlate, type RuleHit } from '../../../query/sigma/correlate/correlate.ts';
import type { Correlation } from '../../../query/sigma/correlate/correlation.ts';
import type { CorrelationHit, OccurrenceGroup } from '../../../query/sigma/correlate/occurrence.ts';
import type { Scope } from '../../../telemetry/hub.ts';
import type { Subject } from '../subject.ts';

/** What a correlation came to in one scope. */
export interface Look {
  readonly scope: Scope;
  /** Of the correlation that is judged. */
  readonly hits: readonly CorrelationHit[];
  /** Correlations that held, it or those that it is over. */
  readonly held: ReadonlySet<Correlation>;
  readonly ruleHits: readonly RuleHit[];
  readonly groups: ReadonlyMap<Correlation, readonly OccurrenceGroup[]>;
  /** Hits of its rules that no time is known of. */
  readonly untimed: number;
}

/** Runs the rules over the scope's rows and the correlations over what they hit. */
export const look = async (
  { hub, engine, given = new Map<string, never>(), signal }: Subject,
  { correlation, correlations, rules }: CompiledCorrelation,
  scope: Scope,
): Promise<Look> => {
  signal.throwIfAborted();
  await hub.setScope(scope);
  const ruleHits = await engine.hits(rules, {
    timed: (name) => {
      const table = given.has(name) ? undefined : hub.tables.get(name);
      return table === undefined ? null : { sql: table.evidenceSql, time: 'epoch_us("tocsin.time")' };
    },
    signal,
  });
  const { hits, groups, untimed } = correlate(correlations, ruleHits);
  const own = hits.filter((hit) => hit.correlation === correlation);
  return { scope, hits: own, held: new Set(hits.map((hit) => hit.correlation)), ruleHits, groups, untimed };
};
