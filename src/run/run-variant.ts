import type { ExecRequest, Host } from '../lab/driver.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { VariantExecution } from '../model/manifest.ts';
import type { EventOrigin } from '../model/event.ts';
import type { Executed } from '../model/run-result.ts';
import type { Step, StepResult } from '../model/step.ts';
import { proveCleanup, type CleanupProof } from './cleanup-proof.ts';
import type { DrillContext } from './context.ts';
import { createConversation } from './converse.ts';
import { executedFrom, notRun, type NotRunReason } from './executed.ts';
import { invocationFor, prerequisiteText } from './executors.ts';
import type { PlannedVariant } from './plan.ts';
import type { ExecutorName } from '../model/atomic.ts';
import { missingAsked, missingNeed } from './wanted-software.ts';
import { clockEnvironment, withoutClockFiles } from './time-scale.ts';
import { startService, type RunningService } from './services.ts';

/** Cleanup and prerequisites have budgets of their own, so that a test that used up its time is still cleaned up. */
const sideBudgetMs = 60_000;

/** One variant on its host: prerequisites · detonate · settle · clean up, and the proof that it is clean. */
export const runVariant = async (planned: PlannedVariant, context: DrillContext): Promise<VariantExecution> => {
  const host = context.host(planned.host.name);
  try {
    return await runOn(host, planned, context);
  } catch (error) {
    // The host or its sensor failed: nothing may be judged, and the reason is the result. What it left goes with the host.
    return execution(planned, notRun(failureOf(error, context.signal), messageOf(error)), {
      verdict: 'clean',
      left: [],
    });
  }
};

const failureOf = (error: unknown, signal: AbortSignal): NotRunReason => {
  if (signal.aborted) return 'interrupted';
  return error instanceof HarnessError && error.code.startsWith('sensor/') ? 'sensor-lost' : 'host-failed';
};

const runOn = async (host: Host, planned: PlannedVariant, context: DrillContext): Promise<VariantExecution> => {
  const without = missingNeed(planned, context.missingSoftware);
  if (without !== null) return execution(planned, notRun('prerequisite', without), { verdict: 'clean', left: [] });
  const services = await startServices(planned, context);
  try {
    const before = await host.snapshot();
    const unmet = await unmetPrerequisite(host, planned, context);
    const executed = unmet ?? (await detonate(host, planned, context, services));
    await context.clock.sleep(context.settleMs, context.signal);
    await cleanUp(host, planned, context);
    await host.flushTrace();
    return execution(
      planned,
      executed,
      proveCleanup(before, withoutClockFiles(await host.snapshot(), context.drillClock)),
    );
  } finally {
    await Promise.all(services.map((service) => service.handle.stop()));
  }
};

const startServices = async (planned: PlannedVariant, context: DrillContext): Promise<readonly RunningService[]> =>
  Promise.all(
    planned.variant.services.map(({ host, service }) => startService(planned.variant.name, host, service, context)),
  );

const unmetPrerequisite = async (
  host: Host,
  planned: PlannedVariant,
  context: DrillContext,
): Promise<Executed | null> => {
  for (const [index, prerequisite] of planned.prerequisites.entries()) {
    const run = async (phase: string, text: string): Promise<boolean> => {
      const id = `prerequisite-${index + 1}/${phase}`;
      const result = await command(
        host,
        planned,
        context,
        id,
        'prerequisite',
        prerequisite.executor,
        text,
        sideBudgetMs,
      );
      return !('unsupported' in result) && result.exitCode === 0;
    };
    const check = prerequisiteText(prerequisite.executor, prerequisite.check);
    if (await run('check', check)) continue;
    if (prerequisite.get !== null) await run('get', prerequisite.get);
    if (prerequisite.get !== null && (await run('recheck', check))) continue;
    const without = missingAsked(planned, context.missingSoftware);
    const detail = prerequisite.description.trim();
    return notRun('prerequisite', without === null ? detail : `${detail} (${without})`);
  }
  return null;
};

/** That of every terminal when there was nothing else. */
const terminalSize = { columns: 80, rows: 25 };

type Execute = (request: ExecRequest) => Promise<StepResult>;

const detonate = async (
  host: Host,
  planned: PlannedVariant,
  context: DrillContext,
  services: readonly RunningService[],
): Promise<Executed> => {
  if (planned.command === null) return notRun('manual', 'a manual test has no command to run');
  const timeoutMs = planned.variant.timeoutSeconds * 1000;
  const { answers } = planned.variant;
  const conversation = createConversation(answers);
  const onTerminal: Execute = (request) => {
    const type = (keys: string): void => terminal.write(Buffer.from(keys));
    const onOutput = (bytes: Uint8Array): void => conversation.hear(bytes, type);
    const terminal = host.openTerminal({ ...request, size: terminalSize, onOutput });
    return terminal.ended;
  };
  const result = await command(
    host,
    planned,
    context,
    'test',
    'test',
    planned.executor,
    planned.command,
    timeoutMs,
    answers.length === 0 ? undefined : onTerminal,
  );
  if ('unsupported' in result) return notRun('executor', result.unsupported);
  const dead = [...services, ...context.hostServices].find((service) => service.death.reason !== null);
  if (dead !== undefined) {
    return notRun('service-died', `${dead.handle.name} on ${dead.host}: ${dead.death.reason ?? ''}`, result);
  }
  return executedFrom(result, conversation.unasked());
};

const cleanUp = async (host: Host, planned: PlannedVariant, context: DrillContext): Promise<void> => {
  if (planned.cleanupCommand === null) return;
  await command(host, planned, context, 'cleanup', 'cleanup', planned.executor, planned.cleanupCommand, sideBudgetMs);
};

const command = async (
  host: Host,
  planned: PlannedVariant,
  context: DrillContext,
  phase: string,
  origin: EventOrigin,
  executor: ExecutorName,
  text: string,
  timeoutMs: number,
  exec: Execute = (request) => host.exec(request),
): Promise<StepResult | { readonly unsupported: string }> => {
  const invocation = invocationFor(executor, text, host.spec);
  if ('unsupported' in invocation) return invocation;
  const variant = planned.variant.name;
  const step: Step = { id: `${variant}/${phase}`, variant, origin, host: host.spec.name };
  const expected = origin === 'test' ? planned.expectedSeconds : null;
  context.emit({ type: 'step-started', variant, phase, host: host.spec.name, expectedSeconds: expected });
  const clock = clockEnvironment(host.spec.persona, context.drillClock, context.clock.nowMicros());
  const env = { ...invocation.env, ...clock };
  const result = await exec({ step, ...invocation, env, timeoutMs, signal: context.signal });
  context.steps.push(result);
  const elapsedMs = Math.round((result.finishedAt - result.startedAt) / 1000);
  context.emit({ type: 'step-finished', variant, phase, exitCode: result.exitCode, elapsedMs });
  return result;
};

const execution = (planned: PlannedVariant, executed: Executed, cleanup: CleanupProof): VariantExecution => ({
  variant: planned.variant.name,
  atomic: planned.atomic.guid,
  roles: planned.variant.roles,
  command: planned.command ?? '',
  inputs: planned.inputs,
  executed,
  cleanup,
  marks: [],
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
