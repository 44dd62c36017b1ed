import { currentTechnique, technique } from '../attack/attack.ts';
import type { Detection } from '../model/detection.ts';
import type { Result, TechniqueCoverage } from '../model/run-result.ts';

type Status = TechniqueCoverage['status'];

/**
 * What a run says of each technique: those whose atomics it ran, and those that its detections only claim, which stay `untested`. The
 * denominator is the atomics that ran, one a variant, without ordinary life; the numerator those on which a detection fired at every start offset.
 */
export const coverageOf = (
  results: readonly Result[],
  detections: readonly Detection[],
): readonly TechniqueCoverage[] =>
  coverageOfClaims(
    results,
    detections.flatMap(({ techniques }) => techniques),
  );

/** The same over any number of runs; `claimed`: ids of the techniques that their rules claim. */
export const coverageOfClaims = (
  results: readonly Result[],
  claimed: readonly string[],
): readonly TechniqueCoverage[] => {
  const attacks = results.filter(({ scope }) => scope !== 'benign');
  const byTechnique = Map.groupBy(attacks, (result) => currentId(result.technique));
  return [...new Set([...byTechnique.keys(), ...claimed.map(currentId)])]
    .sort()
    .map((id) => coverageOfOne(id, byTechnique.get(id) ?? []));
};

const currentId = (id: string): string => currentTechnique(id)?.id ?? id;

const coverageOfOne = (id: string, results: readonly Result[]): TechniqueCoverage => {
  const executed = results.filter(({ executed }) => executed.status === 'executed');
  const known = technique(id);
  return {
    technique: id,
    name: known?.name ?? id,
    status: statusOf(executed),
    fired: executed.filter(isDetected).length,
    tried: executed.length,
    inferential: known?.isPreCompromise ?? false,
  };
};

const statusOf = (executed: readonly Result[]): Status => {
  if (executed.length === 0) return 'untested';
  if (executed.some(({ detections }) => detections.some(({ verdict }) => verdict === 'noisy'))) return 'noisy';
  if (executed.every(isDetected)) return 'detected';
  if (executed.some(({ detections }) => detections.some(({ verdict }) => verdict === 'fired'))) return 'partial';
  const telemetry = executed.some(
    ({ signals, detections }) =>
      signals.some(({ verdict }) => verdict === 'seen') || detections.some(({ verdict }) => verdict === 'missed'),
  );
  return telemetry ? 'telemetry-only' : 'blind';
};

const isDetected = ({ detections }: Result): boolean =>
  detections.some(({ verdict, phases }) => verdict === 'fired' && phases.fired === phases.tried);
