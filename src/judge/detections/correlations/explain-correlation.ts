import type { Diagnostic } from '../../../model/diagnostic.ts';
import type { Reason } from '../../../model/verdict.ts';
import type { CompiledCorrelation, QueriedRule } from '../../../query/engine.ts';
import type { Correlation } from '../../../query/sigma/correlate/correlation.ts';
import { nearestWindow } from '../../../query/sigma/correlate/nearest-window.ts';
import { isCalled } from '../../../query/sigma/plan/compile-correlation.ts';
import { plural } from '../../../util/plural.ts';
import { explainSilence } from '../../explain/explain.ts';
import { whyBlind, whyFieldless } from '../blind.ts';
import type { Subject } from '../subject.ts';
import { describeWindow, nameOf } from './describe-window.ts';
import type { Look } from './look.ts';
import type { Part } from './part.ts';
import { whyUnplaced } from './unplaced.ts';

export interface ExplainedCorrelation {
  readonly reason: Reason;
  readonly blind: boolean;
}

/** Why a correlation stayed silent: how near its best window came, and of rules without a hit where their rows went. */
export const explainCorrelation = async (
  subject: Subject,
  compiled: CompiledCorrelation,
  silent: Look,
): Promise<ExplainedCorrelation> => {
  await subject.hub.setScope(silent.scope);
  const { summary, reason, blind } = await explainOne(subject, compiled, silent, compiled.correlation);
  const untimed =
    silent.untimed === 0
      ? []
      : [`${plural(silent.untimed, 'hit')} of which no time is known ${silent.untimed === 1 ? 'is' : 'are'} left out`];
  return {
    reason: {
      ...compiled.condition,
      ...reason,
      summary: [...(summary === null ? [] : [summary]), ...(blind === null ? [] : [blind]), ...untimed].join('; '),
      blockers: reason?.blockers ?? [],
    },
    blind: blind !== null,
  };
};

const explainOne = async (
  subject: Subject,
  compiled: CompiledCorrelation,
  silent: Look,
  correlation: Correlation,
): Promise<Part> => {
  const parts: Part[] = [];
  for (const name of new Set(correlation.rules))
    parts.push(await explainPart(subject, compiled, silent, { name, of: correlation }));
  const nearest = nearestWindow(correlation, silent.groups.get(correlation) ?? []);
  const own = nearest === null ? [] : [describeWindow(compiled, correlation, nearest)];
  const blinds = parts.flatMap(({ blind }) => blind ?? []);
  const temporal = correlation.type === 'temporal' || correlation.type === 'temporal_ordered';
  const blind = temporal || blinds.length === parts.length ? (blinds[0] ?? null) : null;
  return {
    summary: [...own, ...parts.flatMap(({ summary }) => summary ?? [])].join('; ') || null,
    reason: parts.find(({ reason }) => reason !== null)?.reason ?? null,
    blind,
  };
};

const explainPart = async (
  subject: Subject,
  compiled: CompiledCorrelation,
  silent: Look,
  { name, of }: { readonly name: string; readonly of: Correlation },
): Promise<Part> => {
  const rule = compiled.rules.find((one) => isCalled(one.rule, name));
  const inner = compiled.correlations.find((one) => isCalled(one, name));
  if (rule === undefined) {
    if (inner === undefined) throw new Error(`the correlation was loaded with "${name}"`);
    if (silent.held.has(inner)) return { summary: null, reason: null, blind: null };
    const part = await explainOne(subject, compiled, silent, inner);
    return { ...part, summary: part.summary === null ? null : `${nameOf(compiled, name)}: ${part.summary}` };
  }
  const hits = silent.ruleHits.filter((hit) => hit.rule === rule.rule);
  const called = nameOf(compiled, name);
  if (hits.length > 0) return whyUnplaced(subject, rule, { written: name, name: called, of, hits });
  return explainRule(subject, rule, called, compiled.diagnostics);
};

/** A rule without a single hit is explained as it would be if it were judged alone. */
const explainRule = async (
  { hub, engine, given, signal }: Subject,
  { query, lack }: QueriedRule,
  name: string,
  diagnostics: readonly Diagnostic[],
): Promise<Part> => {
  if (query === null)
    return { summary: null, reason: null, blind: `${name}: ${lack ?? 'no table holds its log source'}` };
  const { reason, decisive } = await explainSilence({ engine, query, now: 0, threshold: 0, signal });
  const { summary, clause, place, blockers } = reason;
  const blind = whyBlind(hub.tables, query, decisive, given) ?? whyFieldless(diagnostics, decisive);
  const at = { ...(clause === undefined ? {} : { clause }), ...(place === undefined ? {} : { place }) };
  return {
    summary: `no hit of ${name}: ${summary}`,
    reason: { summary, ...at, blockers },
    blind: blind === null ? null : `${name}: ${blind}`,
  };
};
