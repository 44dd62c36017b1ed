import type { Driver } from '../lab/driver.ts';
import type { ProvidedSoftware } from '../lab/software/provide-software.ts';
import { realTime, type DrillClock } from '../model/drill-clock.ts';
import type { ParsingFacts, VariantExecution } from '../model/manifest.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Residue } from '../model/run-result.ts';
import type { StepResult } from '../model/step.ts';
import { fabricPlace } from '../sensors/packets/packets-report.ts';
import type { SensorOutput } from '../sensors/sensor.ts';
import type { Clock } from '../util/clock.ts';
import type { DrillContext } from './context.ts';
import { notRun } from './executed.ts';
import { collectEvidence, labFacts, parsingFacts, type LabFacts } from './evidence.ts';
import type { DrillPlan, PlannedVariant } from './plan.ts';
import { hostOf, raiseHosts, requireSealed } from './raise-hosts.ts';
import { runVariant } from './run-variant.ts';

export interface DrillOptions {
  readonly driver: Driver;
  readonly runId: string;
  /** Folder for raw evidence: one folder a host. */
  readonly evidence: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  /** What `wantedSoftware` of the plan came to. */
  readonly software: ProvidedSoftware;
  readonly settleMs?: number;
  /** Read the kernel's audit records, in place of making them from the trace. */
  readonly kernelAudit?: boolean;
}

/** Everything a drill left, before anything is judged. */
export interface DrillOutcome {
  readonly executions: readonly VariantExecution[];
  readonly steps: readonly StepResult[];
  readonly sensors: readonly SensorOutput[];
  readonly parsing: ParsingFacts;
  readonly residue: readonly Residue[];
  readonly clock: DrillClock;
  /** Microseconds, real time. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** Hosts up · sealed · detonate · settle · clean up · sealed still · hosts down · evidence parsed. */
export const runDrill = async (plan: DrillPlan, options: DrillOptions): Promise<DrillOutcome> => {
  const { clock, emit } = options;
  const startedAt = clock.nowMicros();
  const { timeScale } = plan.scenario;
  const drillClock = timeScale === 1 ? realTime : { scale: timeScale, startMicros: startedAt };
  const lab = await options.driver.openLab({
    runId: options.runId,
    zones: plan.topology.zones,
    evidence: options.evidence,
    software: options.software.layers,
    kernelAudit: options.kernelAudit ?? false,
    signal: options.signal,
  });
  const steps: StepResult[] = [];
  const drill = async (): Promise<Pick<DrillOutcome, 'executions'> & { facts: LabFacts }> => {
    const context: DrillContext = {
      host: (name) => hostOf(lab, name),
      clock,
      drillClock,
      signal: options.signal,
      emit,
      steps,
      hostServices: [],
      missingSoftware: options.software.missing,
      settleMs: options.settleMs ?? 300,
    };
    const attempts = await raiseHosts(lab, plan, context);
    const elapsedMs = Math.round((clock.nowMicros() - startedAt) / 1000);
    emit({ type: 'lab-ready', hosts: plan.hosts.map((host) => host.name), elapsedMs, sealed: attempts });
    const executions = await runVariants(plan.variants, context);
    await requireSealed(lab, 'after the drill');
    // What they still had to log is in the evidence then. A host that is gone has said so.
    await Promise.allSettled(context.hostServices.map(({ handle }) => handle.stop()));
    return { executions, facts: labFacts(lab, plan.topology.zones) };
  };
  const { executions, facts } = await drill().finally(() => lab.down());
  // The same going down, asked what it left.
  const { left: residue } = await lab.down();
  const sensors = await collectEvidence(facts, steps, drillClock);
  return {
    executions: withdrawBroken(executions, sensors).map((execution) => markLossy(execution, sensors)),
    steps,
    sensors,
    parsing: parsingFacts(facts.hosts, steps),
    residue,
    clock: drillClock,
    startedAt,
    finishedAt: clock.nowMicros(),
  };
};

/** What happened on a host whose evidence is not whole is not known, whatever its commands said. */
const withdrawBroken = (
  executions: readonly VariantExecution[],
  sensors: readonly SensorOutput[],
): readonly VariantExecution[] => {
  const broken = new Map(sensors.flatMap(({ report, broken }) => (broken === null ? [] : [[report.host, broken]])));
  return executions.map((execution) => {
    const host = Object.values(execution.roles).find((name) => broken.has(name));
    if (host === undefined || execution.executed.status === 'not-run') return execution;
    return { ...execution, executed: notRun('sensor-lost', `${host}: ${broken.get(host) ?? ''}`) };
  });
};

/** What a sensor had no room for may be what a rule would have seen. */
const markLossy = (execution: VariantExecution, sensors: readonly SensorOutput[]): VariantExecution => {
  const places = new Set([...Object.values(execution.roles), fabricPlace]);
  const isLossy = sensors.some(
    ({ report }) => places.has(report.host) && report.losses.some(({ kind }) => kind === 'dropped'),
  );
  return isLossy ? { ...execution, marks: [...execution.marks, 'dropped-packets'] } : execution;
};

/** Variants on different hosts run side by side; those that share a host wait for each other. */
const runVariants = async (
  variants: readonly PlannedVariant[],
  context: DrillContext,
): Promise<readonly VariantExecution[]> => {
  const lanes = Map.groupBy(variants, (planned) => planned.host.name);
  const results = await Promise.all(
    [...lanes.values()].map(async (lane) => {
      const done: VariantExecution[] = [];
      for (const planned of lane) done.push(await runVariant(planned, context));
      return done;
    }),
  );
  return results.flat();
};
