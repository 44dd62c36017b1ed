import { resolve } from 'node:path';
import type { RunEvent } from '../model/run-event.ts';
import { systemClock } from '../util/clock.ts';
import { allDrivers } from './all-drivers.ts';
import { chooseDriver } from './choose-driver.ts';
import { prepareMachine, thisMachine } from './prepare-machine.ts';
import { replayRecording } from './replay-recording.ts';
import { loadScenario, runScenario as runLoaded, type FinishedRun } from './run-scenario.ts';

interface CommonSettings {
  /** The folder of atomics/, detections/, scenarios/ and lab/. Default: the working directory. */
  readonly root?: string;
  /** Gets a folder with the reports. Default: `reports` in the project. */
  readonly reports?: string;
  /** Folders or files of detections that are judged beside the scenario's own. */
  readonly detections?: readonly string[];
  /** File of an environment, in place of the scenario's own. */
  readonly environment?: string;
  /** Takes the lab down in order, or stops judging. */
  readonly signal?: AbortSignal;
  /** What happens meanwhile, as the terminal shows it. */
  readonly onEvent?: (event: RunEvent) => void;
}

export interface ScenarioSettings extends CommonSettings {
  /** `namespace` or `docker`. Default: the best that answers on this machine. */
  readonly driver?: string;
  /** How many times as fast as real time the drill's clock runs. Default: as the scenario says. */
  readonly timeScale?: number;
}

export interface JudgeSettings extends CommonSettings {
  /** Id or file of the scenario to judge by. Default: the recorded one. */
  readonly scenario?: string;
  /** Parse the raw evidence again instead of reading the recorded events. */
  readonly reparse?: boolean;
}

const common = ({ root, reports, signal, onEvent }: CommonSettings) => {
  const project = resolve(root ?? '.');
  return {
    root: project,
    reports: resolve(project, reports ?? 'reports'),
    clock: systemClock,
    signal: signal ?? new AbortController().signal,
    emit: onEvent ?? (() => undefined),
  };
};

const foreignOf = ({ detections }: CommonSettings) => ({ paths: detections ?? [], cwd: resolve('.') });

const environmentOf = ({ environment }: CommonSettings) =>
  environment === undefined ? {} : { environment: { path: resolve(environment), shown: environment } };

/**
 * Drills a scenario (its id or file) in a sealed lab, judges what was recorded, and writes the reports. Throws ContentError with
 * every problem of the content, HarnessError when there is no lab.
 */
export const runScenario = async (scenario: string, settings: ScenarioSettings = {}): Promise<FinishedRun> => {
  const { root, ...options } = common(settings);
  const { timeScale } = settings;
  const loaded = await loadScenario(root, scenario, {
    foreign: foreignOf(settings),
    ...environmentOf(settings),
    ...(timeScale === undefined ? {} : { timeScale }),
  });
  await prepareMachine(thisMachine(options.signal), (text) => {
    options.emit({ type: 'notice', text });
  });
  const { driver } = await chooseDriver(allDrivers(), settings.driver ?? null, options.signal);
  return runLoaded(loaded, { ...options, driver });
};

/** Judges a recording (its folder, or that of its run) with the rules as they are now. Needs no lab. */
export const judge = (recording: string, settings: JudgeSettings = {}): Promise<FinishedRun> =>
  replayRecording(resolve(recording), {
    ...common(settings),
    scenario: settings.scenario ?? null,
    foreign: foreignOf(settings),
    ...environmentOf(settings),
    reparse: settings.reparse === true,
  });
