import type { Diagnostic } from '../../../model/diagnostic.ts';
import type { LogEvent, LogSource } from '../../../model/log-event.ts';
import { createInterpreter } from '../interpret/interpreter.ts';
import { withPlainNames } from '../interpret/plain-names.ts';
import { applies, fieldNames, viewFor, wordsOf } from '../logsource/applies.ts';
import type { SigmaRule } from '../rule/rule.ts';
import { boundedCompiled, createRegexTests } from './bounded-compiled.ts';
import type { SigmaHit } from './hit.ts';
import { createRoute, type Route, type RouteOptions, type RouteSize } from './route.ts';

/** Matches a stream of events against many rules at once. */
export interface SigmaMatcher {
  match(event: LogEvent): readonly SigmaHit[];
  /** Rules that are for a source, as their numbers in the list that the matcher was given. */
  rulesFor(source: LogSource): readonly number[];
  /** Hits that the plain interpreter denies: a bug of ours, never a quiet choice. */
  readonly disagreements: readonly Diagnostic[];
  /** What each route came to, in the order of their first events. */
  routes(): readonly (RouteSize & { readonly rules: number; readonly source: LogSource })[];
}

/** Caches are on, and the trial is of 200 events, unless said otherwise. */
export type MatcherOptions = Partial<RouteOptions>;

export const createSigmaMatcher = (
  rules: readonly SigmaRule[],
  { caching = true, trial = 200 }: MatcherOptions = {},
): SigmaMatcher => {
  // An expression that takes its time elsewhere must not stall the explanation of a hit either.
  const regex = createRegexTests();
  const compiled = boundedCompiled(regex);
  const interpreter = createInterpreter(compiled);
  const bySource = new WeakMap<LogSource, Route>();
  const byFacts = new Map<string, Route>();
  const byRules = new Map<string, Route>();
  const made: { readonly route: Route; readonly source: LogSource }[] = [];
  const disagreements: Diagnostic[] = [];

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
    const route = createRoute(meant, regex, compiled, { caching, trial });
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
  const explain = (rule: SigmaRule, event: LogEvent): SigmaHit => {
    const { matched, selections } = interpreter.explain(rule, viewFor(rule.logsource, event));
    if (!matched) {
      disagreements.push({
        code: 'sigma/disagreement',
        severity: 'error',
        message: `"${rule.title}": the matcher and the interpreter disagree on record ${event.origin.record} of ${event.origin.file}`,
        place: rule.place,
      });
    }
    return {
      rule,
      event,
      selections: selections
        .filter((selection) => selection.matched)
        .map(({ name, items }) => ({ name, items: items.filter((one) => one.matched).map(({ item }) => item) })),
    };
  };
  return {
    disagreements,
    match: (event) => {
      const route = routeOf(event.source);
      const hits = route.match(withPlainNames(event.fields));
      return hits.length === 0
        ? noHits
        : hits.flatMap((number) => {
            const routed = route.rules[number];
            return routed === undefined ? [] : [explain(routed.rule, event)];
          });
    },
    rulesFor: (source) => {
      const words = wordsOf(source);
      return rules.flatMap(({ logsource }, number) => (applies(logsource, words) ? [number] : []));
    },
    routes: () => made.map(({ route, source }) => ({ ...route.size(), rules: route.rules.length, source })),
  };
};

const mostSources = 100_000;

const noHits: readonly SigmaHit[] = [];
