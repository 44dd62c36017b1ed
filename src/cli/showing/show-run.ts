import type { RunResult } from '../../model/run-result.ts';
import { facts, type Shown } from './shown.ts';

export const showRun = (run: RunResult): Shown => {
  const verdicts = run.results.flatMap(({ variant, detections }) =>
    detections.map(({ id, verdict, met, expected }) => ({ variant, detection: id, verdict, met, expected })),
  );
  const said = verdicts.map(
    ({ variant, detection, verdict, met }) => `${variant} › ${detection}: ${verdict}${met ? '' : ', not as expected'}`,
  );
  return {
    kind: 'run',
    lines: [
      `${run.runId} ${run.scenario.name}`,
      ...facts([
        ['scenario', run.scenario.file],
        ['driver', run.driver],
        ['finished', run.finishedAt],
        ['exit code', String(run.exitCode)],
        ['verdicts', said.join('\n')],
        [
          'techniques',
          run.coverage
            .map(({ technique, status, fired, tried }) => `${technique} ${status} ${fired}/${tried}`)
            .join('\n'),
        ],
        ['playbooks', (run.playbooks ?? []).map(({ file }) => file).join('\n')],
        ['losses', run.losses.map(({ source, kind, count }) => `${source}: ${count} ${kind}`).join('\n')],
        [
          'environment',
          Object.entries(run.environment)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n'),
        ],
      ]),
    ],
    json: {
      id: run.runId,
      scenario: run.scenario.id,
      driver: run.driver,
      finishedAt: run.finishedAt,
      exitCode: run.exitCode,
      verdicts,
    },
  };
};
