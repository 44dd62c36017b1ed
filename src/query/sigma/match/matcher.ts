import type { Diagnostic } from '../../../model/diagnostic.ts';
import type { LogEvent, LogSource } from '../../../model/log-event.ts';
import { createInterpreter } from '../interpret/interpreter.ts';
import { applies, fieldNames, wordsOf } from '../logsource/applies.ts';
import type { SigmaRule } from '../rule/rule.ts';
import { boundedCompiled, createRegexTests } from './bounded-compiled.ts';
import { createBudget, usualWork, type RegexWork } from './budget.ts';
import { createCheck, type CheckOptions } from './check.ts';
import type { SigmaHit } from './hit.ts';
import { createRoute, type Route, type RouteOptions, type RouteSize } from './route.ts';

/** Matches a stream of events against many rules at once. */
export interface SigmaMatcher {
  match(event: LogEvent): readonly SigmaHit[];
  /** Rules that are for a source, as their numbers in the list that the matcher was given. */
  rulesFor(source: LogSource): readonly number[];
  /** Where the plain interpreter comes to something else: a bug of ours, never a quiet choice. */
  readonly disagreements: readonly Diagnostic[];
  /** Rules whose expressions ran out of their budget, and for how many events that leaves open whether they match. */
  undecided(): ReadonlyMap<SigmaRule, number>;
  /** What each route came to, in the order of their first events. */
  routes(): readonly (RouteSize & { readonly rules: number; readonly source: LogSource })[];
}

export type MatcherOptions = Partial<Omit<RouteOptions, 'budget'> & CheckOptions & { readonly work: RegexWork }>;

export const createSigmaMatcher = (
  rules: readonly SigmaRule[],
  { trial = 20, checkedHits = 20, checkedEvery = 10_000, work = usualWork }: MatcherOptions = {},
): SigmaMatcher => {
  const budget = createBudget(work);
  const undecided = new Map<SigmaRule, number>();
  const regex = createRegexTests(budget);
  const compiled = boundedCompiled(regex);
  const check = createCheck(createInterpreter(compiled), budget, { checkedHits, checkedEvery });
  const bySource = new WeakMap<LogSource, Route>();
  const byFacts = new Map<string, Route>();
  const byRules = new Map<string, Route>();
  const made: { readonly route: Route; readonly source: LogSource }[] = [];

  const build = (source: LogSource): Route => {
    const words = wordsOf(source);
    const meant = rules.flatMap((rule, number) =>
      applies(rule.logsource, words) ? [{ rule, number, names: fieldNames(rule.logsource, source) }] : [],
    );
    // Sources that the same rules are for, under the same names, share one route.
    const key = meant
      .map(({ number, names }) => (names === null ? number : `${number}:${[...names].join()}`))
      .join(' ');
    const known = byRules.get(key);
    if (known !== undefined) return known;
    const route = createRoute(meant, regex, compiled, { trial, budget });
    byRules.set(key, route);
    made.push({ route, source });
    return route;
  };
  const routeOf = (source: LogSource): Route => {
    const known = bySource.get(source);
    if (known !== undefined) return known;
    const facts = JSON.stringify([source.product, source.service, source.category, source.channel, source.eventId]);
    const route = byFacts.get(facts) ?? build(source);
    // A hostile log could name a new source with every record.
    if (byFacts.size >= mostSources) byFacts.clear();
    byFacts.set(facts, route);
    bySource.set(source, route);
    return route;
  };
  return {
    disagreements: check.disagreements,
    undecided: () => undecided,
    match: (event) => {
      const route = routeOf(event.source);
      const found = route.match(event.fields);
      check.event(route, event, found);
      for (const number of route.undecided) {
        const rule = route.rules[number]?.rule;
        if (rule !== undefined) undecided.set(rule, (undecided.get(rule) ?? 0) + 1);
      }
      return found.length === 0
        ? noHits
        : found.flatMap((number): SigmaHit[] => {
            const rule = route.rules[number]?.rule;
            return rule === undefined ? [] : [{ rule, event, selections: route.explain(number) }];
          });
    },
    rulesFor: (source) => routeOf(source).rules.map(({ number }) => number),
    routes: () => made.map(({ route, source }) => ({ ...route.size(), rules: route.rules.length, source })),
  };
};

const mostSources = 100_000;

const noHits: readonly SigmaHit[] = [];
