import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Persona } from '../../../src/model/persona.ts';
import type { EventOrigin } from '../../../src/model/event.ts';
import type { StepResult } from '../../../src/model/step.ts';
import type { SensorContext } from '../../../src/sensors/sensor.ts';

const folder = join(import.meta.dirname, '../../fixtures/trace');

export const fixtureFile = (name: string): string => join(folder, name);

/** What a driver would know of a recorded host: `<name>.steps`, written by `agent.sh`. */
export const fixtureContext = (name: string, persona: Persona = 'linux'): SensorContext => {
  const [agent = '', ...steps] = readFileSync(fixtureFile(`${name}.steps`), 'utf8')
    .trim()
    .split('\n');
  return {
    ...contextOf(Number(agent.split(' ')[1]), steps.map(parseStep)),
    persona,
    user: persona === 'windows' ? 'LAB\\analyst' : 'analyst',
  };
};

export const contextOf = (agentPid: number, steps: readonly StepResult[]): SensorContext => ({
  host: 'web',
  persona: 'linux',
  user: 'analyst',
  agentPid,
  launchers: ['setpriv', 'prlimit'],
  harnessFolder: '/.tocsin',
  steps,
  markerVariable: 'TOCSIN_STEP',
  clock: { scale: 1, startMicros: 0 },
});

/** `step-1 94 1795194497430360 1795194497493651 139`. */
const parseStep = (line: string): StepResult => {
  const [id = '', pid, startedAt, finishedAt, exitCode] = line.split(' ');
  return stepResult(id, Number(pid), Number(startedAt), Number(finishedAt), Number(exitCode));
};

export const stepResult = (
  id: string,
  pid: number,
  startedAt: number,
  finishedAt: number,
  exitCode = 0,
  origin: EventOrigin = 'test',
): StepResult => ({
  step: { id, variant: `variant-of-${id}`, origin, host: 'web' },
  argv: [],
  pid,
  exitCode,
  signal: null,
  timedOut: false,
  failedToStart: null,
  stdout: '',
  stderr: '',
  truncated: false,
  startedAt,
  finishedAt,
});
