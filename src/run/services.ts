import type { ServiceHandle } from '../lab/driver.ts';
import type { HostSpec, ServiceSpec } from '../model/topology.ts';
import type { Step, StepResult } from '../model/step.ts';
import { windowsProgram, windowsServices } from '../windows/drive.ts';
import type { DrillContext } from './context.ts';
import { clockEnvironment } from './time-scale.ts';
import type { DrillPlan } from './plan.ts';
import { canStart } from './wanted-software.ts';

export interface RunningService {
  readonly host: string;
  readonly handle: ServiceHandle;
  /** Why it ended on its own, once it has. */
  readonly death: { reason: string | null };
}

/** Starts a lab server inside a host; its processes are furniture, which sensors must know to leave them out. */
export const startService = async (
  owner: string,
  host: string,
  service: ServiceSpec,
  context: DrillContext,
): Promise<RunningService> => {
  const step = stepOf(owner, service.name, host);
  return keep(step, service.kind, context, () => context.host(host).startService(service, step));
};

const stepOf = (owner: string, service: string, host: string): Step => ({
  id: `${owner}/service/${service}`,
  variant: null,
  origin: 'service',
  host,
});

const keep = async (
  step: Step,
  kind: string,
  context: DrillContext,
  start: () => Promise<ServiceHandle>,
): Promise<RunningService> => {
  const startedAt = context.clock.nowMicros();
  const handle = await start();
  context.steps.push(furniture(step, kind, handle.pid, startedAt));
  const death: { reason: string | null } = { reason: null };
  void handle.died.then((reason) => (death.reason = reason));
  return { host: step.host, handle, death };
};

/** What every Windows runs before anyone logs on: its services, as far as the persona has any. */
const startWindowsServices = (host: HostSpec, context: DrillContext): Promise<RunningService> => {
  const step = stepOf(host.name, 'windows', host.name);
  const { env, ...program } = windowsServices(host.user, host.name);
  const clock = clockEnvironment('windows', context.drillClock, context.clock.nowMicros());
  const services = { name: 'services of Windows', kind: 'windows', ...program, env: { ...env, ...clock } };
  return keep(step, 'windows', context, () => context.host(host.name).startResident(services, step));
};

/** What runs on hosts through the whole drill: Windows' own services, and those that the topology gives. */
export const startHostServices = async (
  plan: Pick<DrillPlan, 'hosts'>,
  context: DrillContext,
): Promise<readonly RunningService[]> =>
  Promise.all(
    plan.hosts.flatMap((host) => [
      ...(host.persona === 'windows' ? [startWindowsServices(host, context)] : []),
      ...host.services
        .filter((service) => canStart(host.name, service, context.missingSoftware))
        .map((service) => startService(host.name, host.name, service, context)),
    ]),
  );

/** Ordinary life on the hosts of the tests, until the hosts go down. It is telemetry like any other, and no test's. */
export const startBackground = async (
  { background, hosts }: Pick<DrillPlan, 'background' | 'hosts'>,
  context: DrillContext,
): Promise<readonly RunningService[]> =>
  Promise.all(
    background.map(({ host, activity }) => {
      const step: Step = { id: `${host}/background/${activity.id}`, variant: null, origin: 'background', host };
      const user = hosts.find(({ name }) => name === host)?.user ?? '';
      const { env, ...program } = windowsProgram(activity.file, activity.arguments, user);
      const clock = clockEnvironment('windows', context.drillClock, context.clock.nowMicros());
      const resident = { name: activity.id, kind: 'windows', ...program, env: { ...env, ...clock } };
      return keep(step, 'windows', context, () => context.host(host).startResident(resident, step));
    }),
  );

const furniture = (step: Step, kind: string, pid: number, startedAt: number): StepResult => ({
  step,
  argv: [kind],
  pid,
  exitCode: null,
  signal: null,
  timedOut: false,
  failedToStart: null,
  stdout: '',
  stderr: '',
  truncated: false,
  startedAt,
  finishedAt: startedAt,
});
