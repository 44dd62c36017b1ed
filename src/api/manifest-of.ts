import type { Content } from '../content/content.ts';
import { eventVersion } from '../model/event.ts';
import type { Manifest } from '../model/manifest.ts';
import type { DrillPlan } from '../run/plan.ts';
import type { DrillOutcome } from '../run/run-drill.ts';
import { isoMicros } from '../util/iso-time.ts';

export interface ManifestFacts {
  readonly runId: string;
  readonly driver: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What a recording says of itself, from the drill that made it. */
export const manifestOf = (
  plan: DrillPlan,
  outcome: DrillOutcome,
  content: Content,
  facts: ManifestFacts,
): Manifest => ({
  schemaVersion: 1,
  ...facts,
  scenario: plan.scenario.id,
  startedAt: isoMicros(outcome.startedAt),
  finishedAt: isoMicros(outcome.finishedAt),
  topology: plan.topology,
  indicators: content.indicators,
  clock: outcome.clock,
  steps: outcome.steps.map((result) => result.step),
  executions: outcome.executions,
  sensors: outcome.sensors.map((sensor) => sensor.report),
  parsing: outcome.parsing,
  eventVersion,
});
