import { areRelated } from '../../attack/attack.ts';
import type { Detection } from '../../model/detection.ts';
import type { DetectionExpectation } from '../../model/scenario.ts';
import type { FunnelLine, Reason } from '../../model/verdict.ts';
import type { Compiled, CompiledQuery } from '../../query/engine.ts';
import { plural } from '../../util/plural.ts';
import { explainSilence, funnelOf } from '../explain/explain.ts';
import { countClauses } from '../explain/killers.ts';
import { joinMarks } from '../marks.ts';
import { whyBlind, whyFieldless } from './blind.ts';
import { detectionMarks } from './detection-marks.ts';
import type { Finding } from './finding.ts';
import { readDrillTime } from './read-time-line.ts';
import { resultRows } from './result-rows.ts';
import { firesWithoutAttack, runPhases, type PhaseOutcome, type PhaseRunner, type Trial } from './run-phases.ts';
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
      : await showFiring(subject, query, outcome, trial);
  const mustNotFire = expectation?.verdict === 'quiet' || expectation?.verdict === 'noisy';
  const claimed = detection.techniques.some((id) => areRelated(id, subject.technique));
  const verdict = verdictOf({
    fired: outcome.firstFired !== null,
    withoutAttack:
      outcome.firstFired !== null && (await firesWithoutAttack(runner, detection, query, outcome.firstFired)),
    silenceExpected: mustNotFire || (expectation === null && !claimed),
    mustNotFire,
    blind: said.blind,
  });
  return {
    verdict,
    reason: said.reason,
    rows: resultRows(trial.result),
    executions: outcome.executions,
    phases: { tried: outcome.tried, fired: outcome.fired },
    funnel: said.funnel,
    marks: joinMarks(subject.marks, await detectionMarks(hub, query)),
  };
};

interface Said {
  readonly reason: Reason | null;
  readonly funnel: readonly FunnelLine[];
  readonly blind: boolean;
}

const explain = async (
  { hub, engine, signal }: Subject,
  { schedule }: Detection,
  { query, diagnostics }: Extract<Compiled, { ok: true }>,
  { execution }: Trial,
): Promise<Said> => {
  const silent = { engine, query, now: execution.now, threshold: schedule.threshold, signal };
  const { reason, funnel, decisive } = await explainSilence(silent);
  const blind = whyBlind(hub.tables, query, decisive) ?? whyFieldless(diagnostics, decisive);
  return {
    reason: blind === null ? reason : { ...reason, summary: `${reason.summary}; ${blind}` },
    funnel,
    blind: blind !== null,
  };
};

const showFiring = async (
  { engine, signal }: Subject,
  query: CompiledQuery,
  { tried, fired }: PhaseOutcome,
  { execution }: Trial,
): Promise<Said> => {
  const funnel = funnelOf(countClauses(query.clauses, await engine.funnel(query, { now: execution.now, signal })));
  if (fired === tried) return { reason: null, funnel, blind: false };
  const summary = `fired at ${fired} of ${plural(tried, 'start offset')}: it depends on when the attack begins`;
  return { reason: { summary, blockers: [] }, funnel, blind: false };
};
