import type { LogEvent } from '../../../model/log-event.ts';
import type { SigmaRule } from '../rule/rule.ts';
import type { Correlation } from './correlation.ts';
import { judgeWindow } from './judge-window.ts';
import { valueIn, type CorrelationHit, type Occurrence, type OccurrenceGroup } from './occurrence.ts';
import { slide } from './windows.ts';

/** What of a rule's hit matters to correlations. */
export interface RuleHit {
  readonly rule: SigmaRule;
  readonly event: LogEvent;
}

export interface Correlated {
  readonly hits: readonly CorrelationHit[];
  /** What each correlation was run over: the occurrences of every group, in the order of time. */
  readonly groups: ReadonlyMap<Correlation, readonly OccurrenceGroup[]>;
  /** Hits that no correlation could place: their events say no time. */
  readonly untimed: number;
}

/** Runs correlations, each after those it is over, over all hits of their rules. */
export const correlate = (correlations: readonly Correlation[], ruleHits: readonly RuleHit[]): Correlated => {
  const timed = ruleHits
    .filter(({ event }) => event.time !== null)
    .sort((a, b) => (a.event.time ?? 0) - (b.event.time ?? 0));
  const byRule = Map.groupBy(timed, ({ rule }) => rule);
  const named = new Map<string, readonly Omit<Occurrence, 'rule'>[]>();
  for (const [rule, hits] of byRule) {
    const found = hits.map(({ event }) => ({ time: event.time ?? 0, fields: event.fields, events: [event] }));
    for (const name of namesOf(rule)) named.set(name, found);
  }
  const all: CorrelationHit[] = [];
  const groups = new Map<Correlation, readonly OccurrenceGroup[]>();
  for (const correlation of correlations) {
    const grouped = groupsOf(correlation, named);
    groups.set(correlation, grouped);
    const hits = grouped.flatMap((group) => runGroup(correlation, group));
    all.push(...hits);
    const found = hits.map(({ to, events, group }) => ({
      time: to,
      fields: { ...events.at(-1)?.fields, ...Object.fromEntries(group) },
      events,
    }));
    for (const name of namesOf(correlation)) named.set(name, found);
  }
  return { hits: all, groups, untimed: ruleHits.length - timed.length };
};

const namesOf = ({ id, name }: SigmaRule | Correlation): readonly string[] => (name === null ? [id] : [id, name]);

const groupsOf = (
  correlation: Correlation,
  named: ReadonlyMap<string, readonly Omit<Occurrence, 'rule'>[]>,
): readonly OccurrenceGroup[] => {
  // Of events of one moment, the rule that is named first comes first.
  const occurrences = correlation.rules
    .flatMap((rule) =>
      (named.get(rule) ?? named.get(rule.toLowerCase()) ?? []).map((one): Occurrence => ({ ...one, rule })),
    )
    .sort((a, b) => a.time - b.time);
  const groups = Map.groupBy(occurrences, (one) => {
    const values = correlation.groupBy.map((field) => valueIn(one, field, correlation));
    // What has no value for a field has not the same value as anything.
    return values.includes(null) ? null : JSON.stringify(values);
  });
  return [...groups].flatMap(([key, members]) => {
    if (key === null) return [];
    const values = JSON.parse(key) as readonly string[];
    const group = correlation.groupBy.map((field, index) => [field, values[index] ?? ''] as const);
    return [{ group, occurrences: members }];
  });
};

const runGroup = (correlation: Correlation, { group, occurrences }: OccurrenceGroup): readonly CorrelationHit[] =>
  slide(occurrences, correlation.timespanMicros, (window) => judgeWindow(correlation, window)).map(
    ({ occurrences: window, value }): CorrelationHit => ({
      correlation,
      group,
      from: window[0]?.time ?? 0,
      to: window.at(-1)?.time ?? 0,
      value,
      events: [...new Set(window.flatMap(({ events }) => events))],
    }),
  );

/** Whether a rule's own hits are reported: not when it only serves correlations, unless one of them says `generate`. */
export const reportsOwnHits = (rule: SigmaRule | Correlation, correlations: readonly Correlation[]): boolean => {
  const users = correlations.filter(({ rules }) =>
    rules.some((name) => name === rule.name || name.toLowerCase() === rule.id),
  );
  return users.length === 0 || users.some(({ generate }) => generate);
};
