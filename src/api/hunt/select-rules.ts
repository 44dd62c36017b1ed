import { currentTechnique } from '../../attack/attack.ts';
import type { Correlation } from '../../query/sigma/correlate/correlation.ts';
import { reportsOwnHits } from '../../query/sigma/correlate/correlate.ts';
import { levels, type SigmaMeta, type SigmaRule } from '../../query/sigma/rule/rule.ts';
import type { HuntSettings } from './settings.ts';
import type { LoadedRules } from './load-rules.ts';

export interface SelectedRules {
  /** To be matched: those whose hits are wanted, and those that wanted correlations are over. */
  readonly rules: readonly SelectedRule[];
  /** To be run, each after those it is over. */
  readonly correlations: readonly Correlation[];
  /** Those of them whose hits are wanted. */
  readonly reported: ReadonlySet<SigmaMeta>;
  /** Loaded, and not asked for. */
  readonly notSelected: number;
}

export interface SelectedRule {
  readonly rule: SigmaRule;
  readonly reported: boolean;
  /** Whether a correlation needs its hits. */
  readonly correlated: boolean;
}

/** Techniques that tags name, under their current ids. */
export const techniquesOf = (tags: readonly string[]): readonly string[] => {
  const named = tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/.exec(tag)?.[1]?.toUpperCase() ?? []);
  return [...new Set(named.map((id) => currentTechnique(id)?.id ?? id))].sort();
};

export const selectRules = ({ rules, correlations }: LoadedRules, settings: HuntSettings): SelectedRules => {
  const isWanted = createFilter(settings);
  const wanted = new Set<SigmaMeta>([...rules, ...correlations].filter(isWanted));
  const needed = new Set<SigmaMeta>();
  const need = (correlation: Correlation): void => {
    for (const one of [...rules, ...correlations]) {
      if (needed.has(one) || !refersTo(correlation, one)) continue;
      needed.add(one);
      if (one.kind === 'correlation') need(one);
    }
  };
  for (const correlation of correlations) if (wanted.has(correlation)) need(correlation);
  const reported = new Set(
    [...wanted].filter((one) => isReported(one as SigmaRule | Correlation, correlations, wanted)),
  );
  return {
    rules: rules.flatMap((rule) => {
      const one = { rule, reported: reported.has(rule), correlated: needed.has(rule) };
      return one.reported || one.correlated ? [one] : [];
    }),
    correlations: correlations.filter((one) => wanted.has(one) || needed.has(one)),
    reported,
    notSelected: rules.filter((rule) => !wanted.has(rule)).length,
  };
};

/** A rule that only serves correlations is silent where one of those is looked for. */
const isReported = (
  one: SigmaRule | Correlation,
  correlations: readonly Correlation[],
  wanted: ReadonlySet<SigmaMeta>,
): boolean =>
  reportsOwnHits(
    one,
    correlations.filter((correlation) => wanted.has(correlation)),
  );

const refersTo = (correlation: Correlation, { id, name }: SigmaMeta): boolean =>
  correlation.rules.some((rule) => rule.toLowerCase() === id || rule === name);

const createFilter = ({ minLevel, techniques, statuses }: HuntSettings): ((one: SigmaMeta) => boolean) => {
  const least = minLevel === undefined ? -1 : levels.indexOf(minLevel);
  const ids = techniques?.map((id) => currentTechnique(id.toUpperCase())?.id ?? id.toUpperCase());
  return ({ level, tags, status }) =>
    (least < 0 || (level !== null && levels.indexOf(level) >= least)) &&
    (statuses === undefined || (status !== null && statuses.includes(status))) &&
    (ids === undefined ||
      techniquesOf(tags).some((technique) => ids.some((id) => technique === id || technique.startsWith(`${id}.`))));
};
