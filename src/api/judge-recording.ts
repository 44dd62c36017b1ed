import type { Content } from '../content/content.ts';
import { resolveInputs } from '../content/atomics/resolve-inputs.ts';
import { signalsOf } from '../content/signals-of.ts';
import { judgeRun, type Judged } from '../judge/judge-run.ts';
import type { Loss } from '../model/loss.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Result } from '../model/run-result.ts';
import type { Scenario } from '../model/scenario.ts';
import { loadLanguages } from '../query/languages.ts';
import { openEngine } from '../query/open-engine.ts';
import { loadCatalog } from '../telemetry/catalog.ts';
import { hubRelations } from '../telemetry/relations.ts';
import { openHub, type HubSource } from '../telemetry/open-hub.ts';

export interface JudgedRecording extends Judged {
  readonly manifest: Manifest;
  /** What the tables could not read of the events. */
  readonly losses: readonly Loss[];
}

/** Judges a recording against content: a pure function of files, needing no lab, now or years later. */
export const judgeRecording = async (
  recording: HubSource,
  content: Content,
  scenario: Scenario,
  signal: AbortSignal,
  onResult: (result: Result) => void = () => undefined,
): Promise<JudgedRecording> => {
  await using hub = await openHub(recording);
  const engine = openEngine({
    database: hub.database,
    relations: hubRelations(hub),
    catalog: loadCatalog(['sentinel', 'defender']),
    languages: await loadLanguages(),
  });
  const judged = await judgeRun({
    scenario,
    atomics: content.atomics,
    detections: content.detections,
    signalsOf: (variant) => {
      const atomic = content.atomics.get(variant.atomic);
      return atomic === undefined ? [] : signalsOf(content, atomic, resolveInputs(atomic, variant.inputs).inputs);
    },
    hub,
    engine,
    signal,
    onResult,
  });
  return { ...judged, manifest: hub.manifest, losses: hub.losses };
};
