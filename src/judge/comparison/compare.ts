import type {
  Baseline,
  BaselineResult,
  BaselineScenario,
  Cause,
  Comparison,
  SignalChange,
  VerdictChange,
} from '../../model/baseline.ts';
import { environmentChanges } from './causes.ts';
import { changeKind, isRegression } from './change-kind.ts';

/** What changed between two states of the same scenarios, and what may have caused it. */
export const compareBaselines = (before: Baseline, after: Baseline): Comparison => {
  const [old, now] = [Object.keys(before.scenarios), Object.keys(after.scenarios)];
  const pairs = now.flatMap((id) => {
    const [left, right] = [before.scenarios[id], after.scenarios[id]];
    return left === undefined || right === undefined ? [] : [compareScenario(id, left, right)];
  });
  const verdicts = pairs.flatMap((pair) => pair.verdicts);
  const regressions = verdicts.filter(({ kind }) => isRegression(kind));
  return {
    verdicts: [...regressions, ...verdicts.filter(({ kind }) => !isRegression(kind))],
    signals: pairs.flatMap((pair) => pair.signals),
    environment: pairs.flatMap((pair) => pair.environment),
    onlyBefore: old.filter((id) => !now.includes(id)),
    onlyAfter: now.filter((id) => !old.includes(id)),
    compared: { scenarios: pairs.length, detections: pairs.reduce((sum, { judged }) => sum + judged, 0) },
    regressions: regressions.length,
  };
};

const compareScenario = (id: string, before: BaselineScenario, after: BaselineScenario) => {
  const environment = environmentChanges(id, before, after);
  const around = [...new Set(environment.map(({ cause }) => cause))];
  const keys = union(before.results, after.results);
  const pairs = keys.map((key) => ({ key, old: before.results[key] ?? null, now: after.results[key] ?? null }));
  return {
    environment,
    judged: pairs.reduce((sum, { now }) => sum + Object.keys(now?.detections ?? {}).length, 0),
    verdicts: pairs.flatMap((pair) => verdictChanges(pair, around)),
    signals: pairs.flatMap((pair) => signalChanges(pair, around)),
  };
};

interface Pair {
  readonly key: string;
  readonly old: BaselineResult | null;
  readonly now: BaselineResult | null;
}

const verdictChanges = ({ key, old, now }: Pair, around: readonly Cause[]): readonly VerdictChange[] =>
  union(old?.detections ?? {}, now?.detections ?? {}).flatMap((detection) => {
    const [before, after] = [old?.detections[detection] ?? null, now?.detections[detection] ?? null];
    const kind = changeKind(before, after);
    if (kind === null) return [];
    const isOtherRule = before !== null && after !== null && before.hash !== after.hash;
    return [
      {
        key,
        technique: now?.technique ?? old?.technique ?? '',
        variant: now?.variant ?? old?.variant ?? '',
        detection,
        before: before?.verdict ?? null,
        after: after?.verdict ?? null,
        firedBefore: share(before),
        firedAfter: share(after),
        kind,
        causes: [...(isOtherRule ? ['rule' as const] : []), ...testCause(old, now), ...around].sort(),
      },
    ];
  });

const share = (one: { readonly fired: number; readonly tried: number } | null): string =>
  one === null ? '' : `${one.fired} of ${one.tried}`;

/** Signals name what changed in a test's own behavior, whatever the rules made of it. */
const signalChanges = ({ key, old, now }: Pair, around: readonly Cause[]): readonly SignalChange[] =>
  old === null || now === null
    ? []
    : union(old.signals, now.signals).flatMap((signal) => {
        const [before, after] = [old.signals[signal] ?? null, now.signals[signal] ?? null];
        if (before?.verdict === after?.verdict && before?.rows === after?.rows) return [];
        return [
          { key, variant: now.variant, signal, before, after, causes: [...testCause(old, now), ...around].sort() },
        ];
      });

const testCause = (old: BaselineResult | null, now: BaselineResult | null): readonly Cause[] =>
  old !== null && now !== null && old.command !== now.command ? ['test'] : [];

const union = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
