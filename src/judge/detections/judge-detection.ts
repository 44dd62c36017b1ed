import type { Detection } from '../../model/detection.ts';
import { isError, type Diagnostic } from '../../model/diagnostic.ts';
import type { DetectionExpectation } from '../../model/scenario.ts';
import type { DetectionResult, Reason } from '../../model/verdict.ts';
import { plural } from '../../util/plural.ts';
import { executeCorrelation } from './correlations/execute-correlation.ts';
import { executeDetection } from './execute-detection.ts';
import { untried, type Finding } from './finding.ts';
import { QueryError } from '../../query/query-error.ts';
import type { Subject } from './subject.ts';
import { isMet, shortfall } from './verdict.ts';

/** One detection on one variant. The first that applies: error, not-run, broken, fired or noisy, blind, missed, quiet. */
export const judgeDetection = async (subject: Subject, detection: Detection): Promise<DetectionResult> => {
  const expectation = subject.variant.expect.detections.find(({ detection: id }) => id === detection.id) ?? null;
  const { finding, diagnostics } = await findOut(subject, detection, expectation);
  const { id, title, language, origin, place, hash } = detection;
  return {
    ...{ id, title, language, origin, file: place.file, hash },
    verdict: finding.verdict,
    expected: expectation?.verdict ?? null,
    met: isMet(expectation, finding),
    reason: withShortfall(finding.reason, shortfall(expectation, finding)),
    diagnostics,
    rows: finding.rows,
    ...(finding.laterRows === undefined ? {} : { laterRows: finding.laterRows }),
    executions: finding.executions,
    phases: finding.phases,
    funnel: finding.funnel,
    marks: finding.marks,
  };
};

const withShortfall = (reason: Reason | null, lack: string | null): Reason | null => {
  if (lack === null) return reason;
  return reason === null ? { summary: lack, blockers: [] } : { ...reason, summary: `${reason.summary}; ${lack}` };
};

interface FoundOut {
  readonly finding: Finding;
  readonly diagnostics: readonly Diagnostic[];
}

const findOut = async (
  subject: Subject,
  detection: Detection,
  expectation: DetectionExpectation | null,
): Promise<FoundOut> => {
  let diagnostics: readonly Diagnostic[] = [];
  try {
    // Compiled even where the attack did not happen, so that what its platform says of the rule is never hidden.
    const compiled = subject.compile(detection);
    diagnostics = compiled.diagnostics;
    const unsupported = diagnostics.find((diagnostic) => isError(diagnostic) && isUnsupported(diagnostic));
    if (unsupported !== undefined) return { finding: { ...untried, ...failure(unsupported) }, diagnostics };
    const { executed } = subject.execution;
    if (executed.status === 'not-run') {
      const summary = executed.detail === '' ? executed.reason : `${executed.reason}: ${executed.detail}`;
      return { finding: { ...untried, verdict: 'not-run', reason: { summary, blockers: [] } }, diagnostics };
    }
    if (!compiled.ok) return rejected(diagnostics);
    const finding =
      'correlation' in compiled
        ? await executeCorrelation(subject, detection, compiled, expectation)
        : await executeDetection(subject, detection, compiled, expectation);
    return { finding, diagnostics };
  } catch (error) {
    if (subject.signal.aborted) throw error;
    // One rule that our engine cannot run must not hide what the others say; the verdict is `error`, and exit code 70 tells.
    const [problem] = error instanceof QueryError ? error.diagnostics : [];
    if (problem !== undefined) return { finding: { ...untried, ...failure(problem) }, diagnostics };
    const message = error instanceof Error ? error.message : String(error);
    return { finding: { ...untried, verdict: 'error', reason: { summary: message, blockers: [] } }, diagnostics };
  }
};

/** Broken; or blind, where all that is wrong is that nothing here has the rule's log source. */
const rejected = (diagnostics: readonly Diagnostic[]): FoundOut => {
  const reason = brokenReason(diagnostics);
  if (!diagnostics.filter(isError).every(isWithoutSource))
    return { finding: { ...untried, verdict: 'broken', reason }, diagnostics };
  const summary = diagnostics.find(isError)?.message ?? reason.summary;
  const others = diagnostics.filter((diagnostic) => !isError(diagnostic));
  return { finding: { ...untried, verdict: 'blind', reason: { ...reason, summary } }, diagnostics: others };
};

const isWithoutSource = ({ code }: Diagnostic): boolean => code === 'sigma/no-table' || code === 'sigma/no-events';

/** Ours, not the rule's: a construct that the platform takes and our engine does not. */
const isUnsupported = ({ code }: Diagnostic): boolean => code.includes('/unsupported');

const failure = ({ message, place }: Diagnostic): Pick<Finding, 'verdict' | 'reason'> => ({
  verdict: 'error',
  reason: { summary: message, ...(place === undefined ? {} : { place }), blockers: [] },
});

const brokenReason = (diagnostics: readonly Diagnostic[]): Reason => {
  const errors = diagnostics.filter(isError);
  const place = errors[0]?.place;
  const messages = errors.map((diagnostic) => diagnostic.message.replace(/\.$/, ''));
  const summary = `rejected with ${plural(errors.length, 'error')}: ${messages.join('; ')}`;
  return { summary, ...(place === undefined ? {} : { place }), blockers: [] };
};
