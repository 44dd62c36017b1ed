import type { Result } from '../../model/run-result.ts';
import type { DetectionVerdict, SignalVerdict } from '../../model/verdict.ts';
import { suggestionHint } from '../../util/suggest.ts';
import type { DrillView } from './drill-view.ts';

/** What was judged of one signal or detection in one variant. */
export interface Finding {
  readonly variant: string;
  readonly verdict: SignalVerdict | DetectionVerdict;
  /** Why, in one sentence; empty when there is nothing to say. */
  readonly detail: string;
}

/** Findings of one signal. Throws when no result has it: a name that is wrong must not pass. */
export const findingsOfSignal = (view: DrillView, id: string): readonly Finding[] =>
  found(view, 'signal', id, ({ variant, signals }) =>
    signals.map((signal) => ({
      id: signal.id,
      finding: { variant, verdict: signal.verdict, detail: `wanted ${signal.want}, got ${signal.got}` },
    })),
  );

/** Findings of one detection, or of all of them when `id` is null. */
export const findingsOfDetection = (view: DrillView, id: string | null): readonly Finding[] =>
  found(view, 'detection', id, ({ variant, detections }) =>
    detections.map((detection) => ({
      id: detection.id,
      finding: {
        variant: `${variant} › ${detection.id}`,
        verdict: detection.verdict,
        detail: detection.reason?.summary ?? '',
      },
    })),
  );

interface Named {
  readonly id: string;
  readonly finding: Finding;
}

const found = (
  { name, results }: DrillView,
  kind: string,
  id: string | null,
  of: (result: Result) => readonly Named[],
): readonly Finding[] => {
  const all = results.flatMap(of);
  const wanted = all.filter((one) => id === null || one.id === id).map(({ finding }) => finding);
  if (wanted.length > 0) return wanted;
  const hint = id === null ? null : suggestionHint(id, [...new Set(all.map((one) => one.id))]);
  const which = id === null ? `no ${kind}` : `no ${kind} ${JSON.stringify(id)}`;
  throw new Error(`${name} judged ${which}${hint === null ? '' : `; ${hint}`}`);
};

/** `local: missed (15 rows in, 0 out)`, one a line. */
export const describeFindings = (findings: readonly Finding[]): string =>
  findings
    .map(({ variant, verdict, detail }) => `  ${variant}: ${verdict}${detail === '' ? '' : ` (${detail})`}`)
    .join('\n');
