import { availableParallelism } from 'node:os';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { HuntCorrelationHit, HuntRule, HuntSummary } from '../../model/hunt.ts';
import type { LogEvent } from '../../model/log-event.ts';
import { correlate, type RuleHit } from '../../query/sigma/correlate/correlate.ts';
import type { CorrelationHit } from '../../query/sigma/correlate/occurrence.ts';
import type { SigmaMeta } from '../../query/sigma/rule/rule.ts';
import { findLogFiles } from '../log-sources/find-files.ts';
import { planParts } from '../log-sources/plan-parts.ts';
import { createDataCounts } from './collect-data.ts';
import { createHitCounts } from './count-hits.ts';
import { createProgress } from './create-progress.ts';
import { describeRule } from './describe-rule.ts';
import { loadRules, type LoadedRules } from './load-rules.ts';
import type { PartResult, SampledEvent } from './match-part.ts';
import { selectRules, type SelectedRules } from './select-rules.ts';
import type { HuntSettings } from './settings.ts';
import { fieldsOfCorrelations } from './slim-event.ts';
import { huntParts } from './start-hunters.ts';
import { verifyBySql } from './verify-by-sql.ts';

/** Events that SQL decides again: each rule takes a query over those of its source. */
const mostSampled = 2000;

/** Below this, a second thread costs more than it saves. */
const worthThreads = 24 << 20;

/**
 * Runs Sigma rules over logs. Nothing of either is dropped in silence: the summary has what was refused, what no source was for, and what
 * could not be read. Throws HarnessError for paths and pipelines that cannot be used, and the signal's reason when it is aborted.
 */
export const runHunt = async (settings: HuntSettings): Promise<HuntSummary> => {
  const files = await findLogFiles(settings.data, settings.folder);
  const loaded = await loadRules(settings);
  const selected = selectRules(loaded, settings);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const parts = await planParts(files);
  const { onHit, onProgress, signal, keep = Infinity } = settings;
  const describe = describeOnce();
  const rules = selected.rules.map(({ rule }) => rule);
  const data = createDataCounts();
  const counts = createHitCounts();
  const kept = new Map<HuntRule, number>();
  const applicable = new Set<number>();
  const undecided = new Map<number, number>();
  const sampled: SampledEvent[] = [];
  const diagnostics: Diagnostic[] = [...loaded.diagnostics];
  const ruleHits: RuleHit[] = [];
  const progress = createProgress(files.length, bytes, onProgress);

  const report = (result: PartResult, recordsBefore: number): void => {
    for (const { rule: number, ...span } of result.counts) {
      const rule = rules[number];
      if (rule !== undefined) counts.add(describe(rule), span);
    }
    for (const { rule: number, event, selections } of onHit === undefined ? [] : result.hits) {
      const rule = rules[number];
      if (rule === undefined) continue;
      const described = describe(rule);
      const before = kept.get(described) ?? 0;
      kept.set(described, before + 1);
      if (before >= keep) continue;
      const { file, record } = event.origin;
      const place = { file, record: record + recordsBefore, time: event.time };
      onHit?.({ kind: 'event', rule: described, ...place, source: event.source, selections, fields: event.fields });
    }
    const occurred = result.occurred.map((event): LogEvent => ({
      ...event,
      origin: { ...event.origin, record: event.origin.record + recordsBefore },
    }));
    for (const { rule: number, event: index } of result.occurrences) {
      const rule = rules[number];
      const event = occurred[index];
      if (rule !== undefined && event !== undefined) ruleHits.push({ rule, event });
    }
  };

  const setup = {
    rules: selected.rules,
    correlatedFields: fieldsOfCorrelations(selected.correlations),
    from: settings.from ?? null,
    to: settings.to ?? null,
    keep: onHit === undefined ? 0 : keep,
    verify: settings.verify === true,
  };
  const threads = Math.min(
    settings.threads ?? (bytes < worthThreads ? 1 : Math.min(4, availableParallelism())),
    parts.length,
  );
  let index = 0;
  for await (const result of huntParts(setup, parts, { threads, onBytes: progress.onBytes, signal })) {
    const part = parts[index];
    if (part === undefined) break;
    report(result, data.add(part, result));
    for (const number of result.applicable) applicable.add(number);
    diagnostics.push(...result.disagreements);
    sampled.push(...result.sampled.slice(0, Math.max(0, mostSampled - sampled.length)));
    for (const { rule, events } of result.undecided) undecided.set(rule, (undecided.get(rule) ?? 0) + events);
    const isLast = parts[index + 1]?.file !== part.file;
    progress.onPart(index, part, isLast, result.events, counts.hits());
    index++;
  }
  const correlated = correlate(selected.correlations, ruleHits);
  for (const hit of correlated.hits) {
    if (!selected.reported.has(hit.correlation)) continue;
    const rule = describe(hit.correlation);
    counts.add(rule, { hits: 1, first: hit.from, last: hit.to });
    const before = kept.get(rule) ?? 0;
    kept.set(rule, before + 1);
    if (before < keep) onHit?.(correlationHit(hit, rule));
  }
  const verification =
    settings.verify === true ? await verifyBySql(rules, sampled, new Set(undecided.keys()), signal) : null;
  diagnostics.push(...(verification?.diagnostics ?? []));
  return {
    rules: {
      ...rulesOf(loaded, selected),
      neverApplicable: selected.rules.flatMap(({ rule, reported }, number) =>
        reported && !applicable.has(number) ? [describe(rule)] : [],
      ),
      undecided: [...undecided].flatMap(([number, events]) => {
        const rule = rules[number];
        return rule === undefined ? [] : [{ rule: describe(rule), events }];
      }),
    },
    data: data.result(),
    ...counts.summary(),
    uncorrelated: correlated.untimed,
    verified: verification?.verified ?? null,
    diagnostics,
  };
};

const rulesOf = (loaded: LoadedRules, { notSelected }: SelectedRules) => ({
  loaded: loaded.rules.length,
  correlations: loaded.correlations.length,
  filters: loaded.filters,
  refused: loaded.refused,
  renamed: loaded.renamed,
  notSelected,
});

const correlationHit = ({ from, to, group, value, events }: CorrelationHit, rule: HuntRule): HuntCorrelationHit => ({
  kind: 'correlation',
  rule,
  from,
  to,
  group,
  value,
  events: events.map(({ origin, time }) => ({ file: origin.file, record: origin.record, time })),
});

/** One object a rule, by which hits are counted. */
const describeOnce = (): ((one: SigmaMeta) => HuntRule) => {
  const known = new Map<SigmaMeta, HuntRule>();
  return (one) => {
    const before = known.get(one);
    if (before !== undefined) return before;
    const described = describeRule(one);
    known.set(one, described);
    return described;
  };
};
