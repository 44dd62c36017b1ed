import type { Detection } from '../../model/detection.ts';
import type { DetectionExpectation } from '../../model/scenario.ts';
import type { FunnelLine, Reason } from '../../model/verdict.ts';
import type { Compiled } from '../../query/engine.ts';
import { plural } from '../../util/plural.ts';
import { explainSilence, funnelOf } from '../explain/explain.ts';
import { countClauses } from '../explain/killers.ts';
import { joinMarks } from '../marks.ts';
import { whyBlind, whyFieldless } from './blind.ts';
import { detectionMarks } from './detection-marks.ts';
import { underOtherReadings } from './dialects.ts';
import type { Finding } from './finding.ts';
import { readDrillTime } from './read-time-line.ts';
import { resultRows } from './result-rows.ts';
import { firesWithoutAttack, runPhases, type PhaseOutcome, type PhaseRunner, type Trial } from './run-phases.ts';
import { silenceOf } from './silence.ts';
import type { Subject } from './subject.ts';
import { verdictOf } from './verdict.ts';

/** Runs a rule on its schedule over a variant that happened, and says why where it stays silent. */
export const executeDetection = async (
  subject: Subject,
  detection: Detection,
  compiled: Extract<Compiled, { ok: true }>,
  expectation: DetectionExpectation | null,
): Promise<Finding> => {
  const { query } = compiled;
  const { hub, engine, signal } = subject;
  const runner: PhaseRunner = { hub, engine, signal, variant: subject.variant.name };
  await hub.setScope({ variant: runner.variant, shiftMicros: 0 });
  const time = await readDrillTime(hub, query, runner.variant);
  const outcome = await runPhases(runner, detection, query, time.span ?? subject.span, time.line);
  const trial = outcome.firstFired ?? outcome.silent;
  if (trial === null) throw new Error('no execution of the schedule can see the drill');
  await hub.setScope(trial.scope);
  const said =
    outcome.firstFired === null
      ? await explain(subject, detection, compiled, trial)
      : await showFiring(subject, detection, compiled, outcome);
  const verdict = verdictOf({
    fired: outcome.firstFired !== null,
    withoutAttack:
      outcome.firstFired !== null && (await firesWithoutAttack(runner, detection, query, outcome.firstFired)),
    ...silenceOf(subject, detection, expectation),
    blind: said.blind,
  });
  const marks = await detectionMarks(hub, query, subject.given);
  const line = { span: time.span ?? subject.span, line: time.line, outcome };
  const readings = await underOtherReadings(runner, detection, query, line);
  return {
    verdict,
    reason: withReadings(said.reason, readings),
    rows: resultRows(trial.result),
    ...(outcome.laterFired === null ? {} : { laterRows: resultRows(outcome.laterFired.result) }),
    executions: outcome.executions,
    phases: { tried: outcome.tried, fired: outcome.fired },
    funnel: said.funnel,
    marks: joinMarks(subject.marks, marks, readings.length === 0 ? [] : ['undocumented-behavior']),
  };
};

/** What the documentation leaves open and the outcome hangs on. */
const withReadings = (reason: Reason | null, readings: readonly string[]): Reason | null => {
  if (readings.length === 0) return reason;
  const open = `its language’s documentation leaves open what decides: ${readings.join(', ')}`;
  return reason === null ? { summary: open, blockers: [] } : { ...reason, summary: `${reason.summary}; ${open}` };
};

interface Said {
  readonly reason: Reason | null;
  readonly funnel: readonly FunnelLine[];
  readonly blind: boolean;
}

const explain = async (
  { hub, engine, given, signal }: Subject,
  { schedule }: Detection,
  { query, diagnostics }: Extract<Compiled, { ok: true }>,
  { execution }: Trial,
): Promise<Said> => {
  const silent = { engine, query, now: execution.now, threshold: schedule.threshold, signal };
  const { reason, funnel, decisive } = await explainSilence(silent);
  const blind = whyBlind(hub.tables, query, decisive, given) ?? whyFieldless(diagnostics, decisive);
  return {
    reason: blind === null ? reason : { ...reason, summary: `${reason.summary}; ${blind}` },
    funnel,
    blind: blind !== null,
  };
};

const showFiring = async (
  subject: Subject,
  detection: Detection,
  compiled: Extract<Compiled, { ok: true }>,
  { tried, fired, firstFired, silent }: PhaseOutcome,
): Promise<Said> => {
  if (firstFired === null) throw new Error('what fired is shown where it fired');
  const { hub, engine, signal } = subject;
  const { query } = compiled;
  const counts = await engine.funnel(query, { now: firstFired.execution.now, signal });
  const funnel = funnelOf(countClauses(query.clauses, counts));
  const share = `fired at ${fired} of ${plural(tried, 'start offset')}: it depends on when the attack begins`;
  if (silent === null) return { reason: null, funnel, blind: false };
  await hub.setScope(silent.scope);
  const { reason } = await explain(subject, detection, compiled, silent);
  await hub.setScope(firstFired.scope);
  const summary = reason === null ? share : `${share}; where it did not: ${reason.summary}`;
  return { reason: { summary, blockers: [] }, funnel, blind: false };
};
