import type { ServiceHandle } from '../lab/driver.ts';
import type { ServiceSpec } from '../model/topology.ts';
import type { Step, StepResult } from '../model/step.ts';
import type { DrillContext } from './context.ts';
import type { DrillPlan } from './plan.ts';

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
  const step: Step = { id: `${owner}/service/${service.name}`, variant: null, origin: 'service', host };
  const startedAt = context.clock.nowMicros();
  const handle = await context.host(host).startService(service, step);
  context.steps.push(furniture(step, service.kind, handle.pid, startedAt));
  const death: { reason: string | null } = { reason: null };
  void handle.died.then((reason) => (death.reason = reason));
  return { host, handle, death };
};

/** Services that the topology gives its hosts for the whole run. */
export const startHostServices = async (plan: DrillPlan, context: DrillContext): Promise<readonly RunningService[]> =>
  Promise.all(
    plan.hosts.flatMap((host) => host.services.map((service) => startService(host.name, host.name, service, context))),
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
