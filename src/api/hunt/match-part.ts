import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Micros } from '../../model/event.ts';
import type { HuntItem, HuntSelection } from '../../model/hunt.ts';
import type { LogEvent, LogSource } from '../../model/log-event.ts';
import { createSources } from '../../formats/log/sources.ts';
import { readField } from '../../query/sigma/interpret/read-field.ts';
import { viewFor } from '../../query/sigma/logsource/applies.ts';
import type { SigmaHit } from '../../query/sigma/match/hit.ts';
import { createSigmaMatcher } from '../../query/sigma/match/matcher.ts';
import type { LogPart } from '../log-sources/plan-parts.ts';
import { readPart, type LogPartReport } from '../log-sources/read-part.ts';
import type { SelectedRule } from './select-rules.ts';
import { createEventSample } from './sample-events.ts';
import { slimEvent } from './slim-event.ts';

/** What a reader is given once. All of it can be handed to another thread. */
export interface MatchSetup {
  readonly rules: readonly SelectedRule[];
  /** Fields that correlations read. */
  readonly correlatedFields: readonly string[];
  readonly from: Micros | null;
  readonly to: Micros | null;
  /** Hits of each rule that are wanted in full. */
  readonly keep: number;
  /** Whether events are wanted by which the engines can be compared. */
  readonly verify: boolean;
}

/** What was found in a part; rules are numbers in the setup's list. Records' numbers are those of the part. */
export interface PartResult extends LogPartReport {
  readonly hits: readonly PartHit[];
  readonly counts: readonly RuleCount[];
  /** Hits of rules that correlations are over. `event` is the same number for the same event. */
  readonly occurrences: readonly { readonly rule: number; readonly event: number }[];
  readonly occurred: readonly LogEvent[];
  readonly outside: number;
  readonly untimed: number;
  /** By source, the events that were matched, and how many rules are for it. */
  readonly sources: readonly { readonly source: LogSource; readonly events: number; readonly rules: number }[];
  /** Rules that the part's sources are for. */
  readonly applicable: readonly number[];
  readonly disagreements: readonly Diagnostic[];
  /** Some of the events, each with all rules that match it. */
  readonly sampled: readonly SampledEvent[];
  /** Events for which a rule stays undecided. */
  readonly undecided: readonly { readonly rule: number; readonly events: number }[];
}

export interface SampledEvent {
  readonly event: LogEvent;
  readonly rules: readonly number[];
}

export interface PartHit {
  readonly rule: number;
  readonly event: LogEvent;
  readonly selections: readonly HuntSelection[];
}

export interface RuleCount {
  readonly rule: number;
  readonly hits: number;
  readonly first: Micros | null;
  readonly last: Micros | null;
}

export type MatchPart = (
  part: LogPart,
  options: { readonly onBytes?: (bytes: number) => void; readonly signal?: AbortSignal },
) => Promise<PartResult>;

/** Reads parts of logs and matches their events, one part at a time. */
export const createPartMatcher = (setup: MatchSetup): MatchPart => {
  const { rules, from, to } = setup;
  const sourceOf = createSources();
  const matcher = createSigmaMatcher(rules.map(({ rule }) => rule));
  const numbers = new Map(rules.map(({ rule }, number) => [rule, number]));
  const isBounded = from !== null || to !== null;
  const isWithin = (time: Micros): boolean => (from === null || time >= from) && (to === null || time < to);

  return async (part, options) => {
    const tally = createTally(setup);
    const bySource = new Map<LogSource, number>();
    const known = matcher.disagreements.length;
    const undecidedBefore = new Map(matcher.undecided());
    let outside = 0;
    let untimed = 0;
    const sample = createEventSample();
    const matchOne = (event: LogEvent): void => {
      if (isBounded && (event.time === null || !isWithin(event.time))) {
        if (event.time === null) untimed++;
        else outside++;
        return;
      }
      bySource.set(event.source, (bySource.get(event.source) ?? 0) + 1);
      const hits = matcher.match(event);
      if (hits.length > 0) tally.add(event, hits, (hit) => numbers.get(hit.rule) ?? -1);
      if (setup.verify)
        sample.add(
          event,
          hits.map(({ rule }) => numbers.get(rule) ?? -1),
        );
    };
    const reader = readPart(part, { sourceOf, ...options });
    for (;;) {
      const next = await reader.next();
      if (next.done === true) {
        const sources = [...bySource].map(([source, events]) => ({
          source,
          events,
          applicable: matcher.rulesFor(source),
        }));
        return {
          ...next.value,
          ...tally.result(),
          outside,
          untimed,
          sources: sources.map(({ source, events, applicable }) => ({ source, events, rules: applicable.length })),
          applicable: [...new Set(sources.flatMap(({ applicable }) => applicable))],
          disagreements: matcher.disagreements.slice(known),
          sampled: sample.list(),
          undecided: [...matcher.undecided()].flatMap(([rule, events]) => {
            const more = events - (undecidedBefore.get(rule) ?? 0);
            return more > 0 ? [{ rule: numbers.get(rule) ?? -1, events: more }] : [];
          }),
        };
      }
      for (const event of next.value) matchOne(event);
    }
  };
};

const createTally = ({ rules, correlatedFields, keep }: MatchSetup) => {
  const counts = new Map<number, { hits: number; first: Micros | null; last: Micros | null }>();
  const kept: PartHit[] = [];
  const occurrences: { rule: number; event: number }[] = [];
  const occurred: LogEvent[] = [];
  const count = (rule: number, time: Micros | null): number => {
    const before = counts.get(rule);
    if (before === undefined) counts.set(rule, { hits: 1, first: time, last: time });
    else {
      before.hits++;
      if (time !== null) {
        before.first = before.first === null ? time : Math.min(before.first, time);
        before.last = before.last === null ? time : Math.max(before.last, time);
      }
    }
    return before?.hits ?? 1;
  };
  return {
    add: (event: LogEvent, hits: readonly SigmaHit[], numberOf: (hit: SigmaHit) => number): void => {
      let isNoted = false;
      for (const hit of hits) {
        const number = numberOf(hit);
        const rule = rules[number];
        if (rule?.correlated === true) {
          if (!isNoted) occurred.push(slimEvent(event, correlatedFields));
          isNoted = true;
          occurrences.push({ rule: number, event: occurred.length - 1 });
        }
        if (rule?.reported === true && count(number, event.time) <= keep)
          kept.push({ rule: number, event, selections: describe(hit) });
      }
    },
    result: () => ({
      hits: kept,
      counts: [...counts].map(([rule, of]) => ({ rule, ...of })),
      occurrences,
      occurred,
    }),
  };
};

/** The items with the event's own values, under whatever names its source has for them. */
const describe = ({ rule, event, selections }: SigmaHit): readonly HuntSelection[] => {
  const { fields } = viewFor(rule.logsource, event);
  return selections.map(({ name, items }) => ({
    name,
    items: items.map(({ key, field }): HuntItem => {
      const value = field === null ? undefined : readField(fields, field);
      return value === undefined ? { key } : { key, value };
    }),
  }));
};
