import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content } from '../content/content.ts';
import { ContentError } from '../judge/content-error.ts';
import type { Driver } from '../lab/driver.ts';
import { provideSoftware, type SoftwareOptions } from '../lab/software/provide-software.ts';
import { isError } from '../model/diagnostic.ts';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { RunResult } from '../model/run-result.ts';
import type { Scenario } from '../model/scenario.ts';
import { recordingLayout } from '../recording/layout.ts';
import { writeRecording } from '../recording/write-recording.ts';
import type { DrillPlan } from '../run/plan.ts';
import { planScenario } from '../run/plan-scenario.ts';
import { runDrill } from '../run/run-drill.ts';
import { highestScale } from '../run/time-scale.ts';
import { wantedSoftware } from '../run/wanted-software.ts';
import type { Clock } from '../util/clock.ts';
import { addForeign } from './add-foreign.ts';
import { assembleResult } from './assemble-result.ts';
import { describeEnvironment } from './environment.ts';
import {
  emptyEnvironment,
  loadEnvironment,
  loadEnvironmentFile,
  type EnvironmentSource,
  type LoadedEnvironment,
} from './fixtures/load-environment.ts';
import { loadProject } from './load-project.ts';
import { judgeRecording } from './judge-recording.ts';
import { manifestOf } from './manifest-of.ts';
import { createRunId } from './run-id.ts';
import { softwareOptions } from './software-options.ts';
import { writeReports } from './write-reports.ts';

export interface LoadedScenario {
  readonly content: Content;
  readonly scenario: Scenario;
  readonly plan: DrillPlan;
  /** What its detections run with beside the telemetry. */
  readonly environment: LoadedEnvironment;
}

/** Detections that are judged beside the scenario's own, as the command line names them. */
export interface ForeignSource {
  readonly paths: readonly string[];
  readonly cwd: string;
}

export interface LoadOptions {
  readonly foreign?: ForeignSource;
  /** In place of the scenario's own. */
  readonly timeScale?: number;
  /** File of an environment, in place of the scenario's own. */
  readonly environment?: EnvironmentSource;
}

/**
 * Loads a project (the folder of atomics/, detections/, scenarios/ and lab/) and the plan of one scenario (its id or file). Throws
 * ContentError with every problem found.
 */
export const loadScenario = async (
  root: string,
  wanted: string,
  { foreign = { paths: [], cwd: root }, timeScale, environment }: LoadOptions = {},
): Promise<LoadedScenario> => {
  const own = await loadProject(root, [wanted]);
  if (own.diagnostics.some(isError)) throw new ContentError(own.diagnostics);
  const content = await addForeign(own, foreign.paths, foreign.cwd);
  const [found] = own.scenarios.values();
  const added = [...content.detections.keys()].filter((id) => !own.detections.has(id));
  if (found === undefined) {
    throw new HarnessError(`there is no scenario ${JSON.stringify(wanted)}`, {
      code: 'content/no-scenario',
      exitCode: exitCode.usage,
      hint: 'name a file below scenarios/, or the id it declares',
    });
  }
  const scenario = {
    ...found,
    detections: [...found.detections, ...added],
    timeScale: timeScale ?? found.timeScale,
  };
  const plan = planScenario(content, scenario);
  requireBearable(plan);
  return { content, scenario, plan, environment: await environmentOf(content, scenario, root, environment) };
};

const environmentOf = async (
  { environments }: Content,
  { environment }: Scenario,
  root: string,
  instead: LoadOptions['environment'],
): Promise<LoadedEnvironment> => {
  if (instead !== undefined) return loadEnvironmentFile(instead);
  const own = environment === null ? undefined : environments.get(environment);
  return own === undefined ? emptyEnvironment : loadEnvironment(own, join(root, 'environments'));
};

/** A clock too fast for a test would show its repetitions where they were not. */
const requireBearable = ({ scenario, variants }: DrillPlan): void => {
  const highest = scenario.timeScale === 1 ? null : highestScale(variants);
  if (highest === null || scenario.timeScale <= highest.scale) return;
  const { variant, signal, intervalSeconds, scale } = highest;
  const why = `${variant} repeats itself every ${intervalSeconds} s (signal ${signal})`;
  throw new HarnessError(`${scenario.id} cannot run ${scenario.timeScale} times as fast: ${why}`, {
    code: 'run/scale-too-high',
    exitCode: exitCode.usage,
    hint: scale > 1 ? `the highest time scale that holds is ${scale}` : 'it can only run in real time',
  });
};

export interface RunOptions {
  /** Folder that gets one folder a run. */
  readonly reports: string;
  readonly driver: Driver;
  /** Where audit records come from; `trace` when absent. `kernel` needs root of the machine. */
  readonly audit?: 'trace' | 'kernel';
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  /** Where host software comes from; this machine's package sources and this user's cache when absent. */
  readonly software?: Omit<SoftwareOptions, 'notice'>;
}

export interface FinishedRun {
  readonly result: RunResult;
  readonly folder: string;
}

/** Drills a scenario, records it, judges the recording and writes its reports. */
export const runScenario = async (loaded: LoadedScenario, options: RunOptions): Promise<FinishedRun> => {
  const { content, scenario, plan, environment } = loaded;
  const { driver, clock, emit, signal } = options;
  const began = clock.nowMicros();
  const runId = createRunId(new Date(began / 1000));
  const folder = join(options.reports, runId);
  const recording = join(folder, 'recording');
  const evidence = recordingLayout(recording).raw;
  await mkdir(evidence, { recursive: true });
  emit({
    type: 'loaded',
    atomics: content.counts.atomics,
    detections: content.counts.detections,
    notLoaded: content.diagnostics,
  });
  emit({
    type: 'run-started',
    runId,
    scenario: scenario.name,
    driver: driver.name,
    variants: plan.variants.map(({ variant }) => variant.name),
  });

  if (scenario.timeScale !== 1) {
    const text = `The clock runs ${scenario.timeScale} times as fast as real time: what rests on it is marked`;
    emit({ type: 'notice', text });
  }
  const software = await provideSoftware(wantedSoftware(plan), {
    ...(options.software ?? softwareOptions(driver, signal)),
    notice: (text) => emit({ type: 'notice', text }),
  });
  const outcome = await runDrill(plan, {
    ...{ driver, runId, evidence, clock, signal, emit, software },
    kernelAudit: options.audit === 'kernel',
  });
  const manifest = manifestOf(plan, outcome, content, {
    runId,
    driver: driver.name,
    environment: await describeEnvironment(),
  });
  await writeRecording(recording, { manifest, events: outcome.sensors.map((sensor) => sensor.events) });
  for (const loss of manifest.sensors.flatMap((sensor) => sensor.losses)) emit({ type: 'loss', loss });

  const judged = await judgeRecording(recording, content, scenario, signal, {
    environment,
    onResult: (result) => emit({ type: 'judged', result }),
  });
  const result = assembleResult(judged, content, scenario, outcome.residue);
  const files = [...(await writeReports(folder, result)), 'recording/'];
  const elapsedMs = Math.round((clock.nowMicros() - began) / 1000);
  emit({ type: 'run-finished', result, folder, files, elapsedMs });
  return { result, folder };
};
