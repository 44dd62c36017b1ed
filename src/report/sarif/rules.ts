import type { RunResult } from '../../model/run-result.ts';
import type { DetectionResult } from '../../model/verdict.ts';
import { oneLine } from '../terminal/one-line.ts';

/** Every detection of the run once, by id: a rule keeps its id from run to run. */
export const sarifRules = ({ results }: RunResult) => {
  const techniques = new Map<string, Set<string>>();
  const detections = new Map<string, DetectionResult>();
  for (const { technique, detections: judged } of results) {
    for (const detection of judged) {
      detections.set(detection.id, detection);
      techniques.set(detection.id, (techniques.get(detection.id) ?? new Set()).add(technique));
    }
  }
  return [...detections.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, title, language, origin }) => ({
      id,
      shortDescription: { text: oneLine(title === '' ? id : title) },
      defaultConfiguration: { level: 'error' },
      properties: { tags: [...(techniques.get(id) ?? [])].sort(), language, origin },
    }));
};
