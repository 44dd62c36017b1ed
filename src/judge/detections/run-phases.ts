import type { Detection } from '../../model/detection.ts';
import type { CompiledQuery, Engine, QueryResult } from '../../query/engine.ts';
import { backgroundOnly, type Hub, type Scope } from '../../telemetry/hub.ts';
import { distinctExecutions, type ExecutionClass, type TimeLine } from './distinct-executions.ts';
import { executionsOver, type Execution } from './execution-times.ts';
import { phasesOf, type Phase } from './phases.ts';
import type { Span } from './span.ts';

export interface PhaseRunner {
  readonly hub: Hub;
  readonly engine: Engine;
  readonly variant: string;
  readonly signal: AbortSignal;
}

/** One execution that was run. */
export interface Trial {
  readonly execution: Execution;
  readonly scope: Scope;
  /** Events that its window showed. */
  readonly visible: number;
  readonly result: QueryResult;
}

export interface PhaseOutcome {
  readonly tried: number;
  readonly fired: number;
  /** Executions of the schedule whose outcome is known: run, or the same as one that was. */
  readonly executions: number;
  readonly firstFired: Trial | null;
  /**
   * Of the same phase the later execution that saw most of the drill, where that fires too: what a rule says of an attack may change as
   * the attack goes on. It decides nothing. Null when the first saw as much.
   */
  readonly laterFired: Trial | null;
  /** Of the phases in which it never fired the execution that saw most of the drill: the one to explain. Null when it always fired. */
  readonly silent: Trial | null;
}

/** A scheduled run fires when it returns more rows than the rule's threshold. */
export const fires = (result: QueryResult, { schedule }: Detection): boolean => result.rows.length > schedule.threshold;

/** Executes a rule on its schedule, at every phase, each until it fires or its windows have passed the drill. */
export const runPhases = async (
  runner: PhaseRunner,
  detection: Detection,
  query: CompiledQuery,
  span: Span,
  line: TimeLine,
): Promise<PhaseOutcome> => {
  const phases = phasesOf(span, detection.schedule);
  let [fired, executions] = [0, 0];
  let firstFired: Trial | null = null;
  let laterFired: Trial | null = null;
  let silent: Trial | null = null;
  for (const phase of phases) {
    let missed: Trial | null = null;
    let hit = false;
    const classes = classesOf(phase, detection, line);
    for (const one of classes) {
      const trial = await runOnce(runner, query, phase, one);
      if (fires(trial.result, detection)) {
        [fired, executions] = [fired + 1, executions + 1];
        if (firstFired === null) {
          firstFired = trial;
          const most = classes.reduce((best, other) => (other.visible > best.visible ? other : best), one);
          const later = most === one ? null : await runOnce(runner, query, phase, most);
          laterFired = later !== null && fires(later.result, detection) ? later : null;
        }
        hit = true;
        break;
      }
      executions += one.count;
      if (missed === null || trial.visible > missed.visible) missed = trial;
    }
    if (!hit && missed !== null && (silent === null || missed.visible > silent.visible)) silent = missed;
  }
  return { tried: phases.length, fired, executions, firstFired, laterFired, silent };
};

const runOnce = async (
  { hub, engine, variant, signal }: PhaseRunner,
  query: CompiledQuery,
  { shiftMicros }: Phase,
  { execution, visible }: ExecutionClass,
): Promise<Trial> => {
  signal.throwIfAborted();
  const scope = { variant, shiftMicros, window: execution.window };
  await hub.setScope(scope);
  const result = await engine.run(query, { now: execution.now, signal });
  return { execution, scope, visible, result };
};

const classesOf = ({ span, shiftMicros }: Phase, { schedule }: Detection, line: TimeLine) =>
  distinctExecutions(executionsOver(span, schedule), {
    events: line.events.map((time) => time + shiftMicros),
    values: line.values.map((time) => time + shiftMicros),
    lookbacks: line.lookbacks,
  });

/** Whether the execution would have fired on the background alone, without the attack. */
export const firesWithoutAttack = async (
  { hub, engine, signal }: PhaseRunner,
  detection: Detection,
  query: CompiledQuery,
  { scope, execution }: Trial,
): Promise<boolean> => {
  await hub.setScope({ ...scope, variant: backgroundOnly });
  const result = await engine.run(query, { now: execution.now, signal });
  await hub.setScope(scope);
  return fires(result, detection);
};
