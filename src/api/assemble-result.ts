import type { Content } from '../content/content.ts';
import { attackVersion } from '../attack/attack.ts';
import { exitCodeOf } from '../judge/exit-code.ts';
import type { Residue, RunResult } from '../model/run-result.ts';
import type { Scenario } from '../model/scenario.ts';
import { judgingEnvironment } from './judging-environment.ts';
import type { JudgedRecording } from './judge-recording.ts';

/** `run.json` from what was recorded and judged. */
export const assembleResult = (
  judged: JudgedRecording,
  content: Content,
  scenario: Scenario,
  residue: readonly Residue[],
): RunResult => {
  const { manifest, results, coverage, unmet } = judged;
  return {
    schemaVersion: 1,
    runId: manifest.runId,
    scenario: {
      id: scenario.id,
      name: scenario.name,
      file: scenario.place.file,
      description: scenario.description,
    },
    driver: manifest.driver,
    environment: { ...manifest.environment, ...judgingEnvironment(manifest.sensors) },
    attack: { version: attackVersion },
    startedAt: manifest.startedAt,
    finishedAt: manifest.finishedAt,
    exitCode: exitCodeOf({ results, unmet, residue }),
    notLoaded: content.diagnostics,
    losses: [...manifest.sensors.flatMap((sensor) => sensor.losses), ...judged.losses],
    results,
    coverage,
    residue,
    playbooks: coverage.flatMap(({ technique }) => content.playbooks.get(technique) ?? []),
    sources: sourcesOf(judged, content),
  };
};

/** The text of every detection file that a result names, so that a report shows the rule's own lines. */
const sourcesOf = ({ results }: JudgedRecording, { sources }: Content): Readonly<Record<string, string>> => {
  const files = new Set(results.flatMap((result) => result.detections.map((detection) => detection.file)));
  return Object.fromEntries([...files].sort().map((file) => [file, sources.get(file) ?? '']));
};
