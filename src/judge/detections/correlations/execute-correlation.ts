import type { Detection } from '../../../model/detection.ts';
import type { FunnelLine } from '../../../model/verdict.ts';
import type { DetectionExpectation } from '../../../model/scenario.ts';
import type { CompiledCorrelation } from '../../../query/engine.ts';
import type { CorrelationHit } from '../../../query/sigma/correlate/occurrence.ts';
import { backgroundOnly } from '../../../telemetry/hub.ts';
import { isoMicros } from '../../../util/iso-time.ts';
import { funnelOf } from '../../explain/explain.ts';
import { countClauses } from '../../explain/killers.ts';
import { joinMarks } from '../../marks.ts';
import { detectionMarks } from '../detection-marks.ts';
import type { Finding } from '../finding.ts';
import { phasesOf } from '../phases.ts';
import { readDrillTime } from '../read-time-line.ts';
import { silenceOf } from '../silence.ts';
import type { Span } from '../span.ts';
import type { Subject } from '../subject.ts';
import { verdictOf } from '../verdict.ts';
import { explainCorrelation } from './explain-correlation.ts';
import { look, type Look } from './look.ts';

/**
 * Judges a Sigma correlation on a variant that happened. Its windows slide, so that no schedule cuts them: at each start offset one look
 * sees all that can stand in one window with the drill.
 */
export const executeCorrelation = async (
  subject: Subject,
  detection: Detection,
  compiled: CompiledCorrelation,
  expectation: DetectionExpectation | null,
): Promise<Finding> => {
  const { hub, given, variant } = subject;
  await hub.setScope({ variant: variant.name, shiftMicros: 0 });
  const span = await spanOf(subject, compiled);
  const reach = compiled.correlations.reduce((sum, { timespanMicros }) => sum + timespanMicros, 0);
  const looks: Look[] = [];
  for (const { shiftMicros, span: shifted } of phasesOf(span, detection.schedule)) {
    const window = { from: shifted.first - reach, until: shifted.last + reach + 1 };
    looks.push(await look(subject, compiled, { variant: variant.name, shiftMicros, window }));
  }
  const firstFired = looks.find(({ hits }) => hits.length > 0) ?? null;
  const silent = looks.find(({ hits }) => hits.length === 0) ?? null;
  const fired = looks.filter(({ hits }) => hits.length > 0).length;
  const withoutAttack =
    firstFired !== null &&
    (await look(subject, compiled, { ...firstFired.scope, variant: backgroundOnly })).hits.length > 0;
  const explained = silent === null ? null : await explainCorrelation(subject, compiled, silent);
  const share = `fired at ${fired} of ${looks.length} start offsets: it depends on when the attack begins`;
  const reason =
    explained === null || firstFired === null
      ? (explained?.reason ?? null)
      : { summary: `${share}; where it did not: ${explained.reason.summary}`, blockers: [] };
  const shown = firstFired ?? silent;
  if (shown !== null) await hub.setScope(shown.scope);
  const marks = [];
  for (const { query } of compiled.rules) if (query !== null) marks.push(await detectionMarks(hub, query, given));
  const blind = firstFired === null && explained?.blind === true;
  return {
    verdict: verdictOf({
      fired: firstFired !== null,
      withoutAttack,
      ...silenceOf(subject, detection, expectation),
      blind,
    }),
    reason,
    rows: (firstFired?.hits ?? []).map(rowOf),
    executions: looks.length,
    phases: { tried: looks.length, fired },
    funnel: await funnelOfRules(subject, compiled),
    marks: joinMarks(subject.marks, ...marks),
  };
};

/** Of what the variant left in the tables of any of its rules. */
const spanOf = async ({ hub, span, variant }: Subject, { rules }: CompiledCorrelation): Promise<Span> => {
  const spans: Span[] = [];
  for (const { query } of rules) {
    const found = query === null ? null : (await readDrillTime(hub, query, variant.name)).span;
    if (found !== null) spans.push(found);
  }
  if (spans.length === 0) return span;
  return { first: Math.min(...spans.map(({ first }) => first)), last: Math.max(...spans.map(({ last }) => last)) };
};

const rowOf = ({ group, from, to, value, events }: CorrelationHit): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(group),
  from: isoMicros(from),
  to: isoMicros(to),
  value,
  events: events.length,
});

/** Where the rows of each rule went, one rule after the other. */
const funnelOfRules = async (
  { engine, signal }: Subject,
  { rules }: CompiledCorrelation,
): Promise<readonly FunnelLine[]> => {
  const lines: FunnelLine[] = [];
  for (const [index, { query }] of rules.entries()) {
    if (query === null) continue;
    const counts = await engine.funnel(query, { now: 0, signal });
    const own = funnelOf(countClauses(query.clauses, counts));
    lines.push(...own.map((line) => ({ ...line, id: `r${index + 1}.${line.id}` })));
  }
  return lines;
};
