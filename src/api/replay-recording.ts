import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { RunEvent } from '../model/run-event.ts';
import { recordingLayout } from '../recording/layout.ts';
import { openRecording } from '../recording/open-recording.ts';
import { readManifest } from '../recording/read-manifest.ts';
import type { Clock } from '../util/clock.ts';
import { assembleResult } from './assemble-result.ts';
import type { EnvironmentSource } from './fixtures/load-environment.ts';
import { judgeRecording } from './judge-recording.ts';
import { reparseRecording } from './reparse.ts';
import { loadScenario, type FinishedRun, type ForeignSource } from './run-scenario.ts';
import { writeReports } from './write-reports.ts';

export interface ReplayOptions {
  /** The project whose rules judge. */
  readonly root: string;
  /** Gets the folder `<run-id>-replay`; an earlier replay's reports are replaced. */
  readonly reports: string;
  /** Parse the raw evidence again instead of reading the recorded events. */
  readonly reparse: boolean;
  /** Id or file of the scenario to judge by; the recorded one when null. */
  readonly scenario: string | null;
  /** Detections of others, judged beside the scenario's own. */
  readonly foreign?: ForeignSource | undefined;
  /** File of an environment, in place of the scenario's own. */
  readonly environment?: EnvironmentSource;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
}

/** The recording's own folder, of a recording or of the run that made it. Throws `recording/not-found`. */
export const findRecording = (folder: string): string => {
  const found = [folder, join(folder, 'recording')].find((candidate) =>
    existsSync(recordingLayout(candidate).manifest),
  );
  if (found !== undefined) return found;
  throw new HarnessError(`${folder} holds no recording`, {
    code: 'recording/not-found',
    exitCode: exitCode.usage,
    hint: 'name a run (reports/<run-id>) or the folder that holds manifest.json',
  });
};

/** Judges a recording again, with the rules as they are now. Needs no lab and leaves the recording as it is. */
export const replayRecording = async (recording: string, options: ReplayOptions): Promise<FinishedRun> => {
  const { clock, emit, signal } = options;
  const began = clock.nowMicros();
  const folder = findRecording(resolve(recording));
  if (!options.reparse) await openRecording(folder);
  const source = options.reparse ? await reparseRecording(folder) : folder;
  const {
    runId,
    scenario: recorded,
    driver,
    sensors,
  } = typeof source === 'string' ? await readManifest(folder) : source.manifest;
  const { content, scenario, plan, environment } = await loadScenario(options.root, options.scenario ?? recorded, {
    ...(options.foreign === undefined ? {} : { foreign: options.foreign }),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  });
  const variants = plan.variants.map(({ variant }) => variant.name);
  emit({
    type: 'loaded',
    atomics: content.counts.atomics,
    detections: content.counts.detections,
    notLoaded: content.diagnostics,
  });
  emit({ type: 'run-started', runId, scenario: scenario.name, driver, variants });
  for (const loss of sensors.flatMap(({ losses }) => losses)) emit({ type: 'loss', loss });
  const judged = await judgeRecording(source, content, scenario, signal, {
    environment,
    onResult: (result) => emit({ type: 'judged', result }),
  });
  const result = assembleResult(judged, content, scenario, []);
  const target = join(options.reports, `${runId}-replay`);
  const files = await writeReports(target, result);
  const elapsedMs = Math.round((clock.nowMicros() - began) / 1000);
  emit({ type: 'run-finished', result, folder: target, files, elapsedMs });
  return { result, folder: target };
};
