import { technique } from '../../attack/attack.ts';
import type { Micros } from '../../model/event.ts';
import type { HuntCount, HuntRule, HuntRuleCount, HuntSummary } from '../../model/hunt.ts';
import { levels } from '../../query/sigma/rule/rule.ts';

interface Span {
  readonly hits: number;
  readonly first: Micros | null;
  readonly last: Micros | null;
}

/** Counts hits by rule, level and technique. */
export const createHitCounts = () => {
  const counts = new Map<HuntRule, Span>();
  return {
    add: (rule: HuntRule, more: Span): void => {
      const before = counts.get(rule);
      counts.set(
        rule,
        before === undefined
          ? more
          : {
              hits: before.hits + more.hits,
              first: earlier(before.first, more.first),
              last: later(before.last, more.last),
            },
      );
    },
    hits: (): number => [...counts.values()].reduce((sum, { hits }) => sum + hits, 0),
    summary: (): Pick<HuntSummary, 'hits' | 'levels' | 'techniques' | 'byRule'> => {
      const byRule = [...counts].map(([rule, span]) => ({ rule, ...span })).sort(compareCounts);
      return {
        hits: byRule.reduce((sum, { hits }) => sum + hits, 0),
        levels: [...levels.toReversed(), null].map((level) => ({
          level,
          ...total(byRule.filter(({ rule }) => rule.level === level)),
        })),
        techniques: [...new Set(byRule.flatMap(({ rule }) => rule.techniques))].sort().map((id) => ({
          technique: id,
          name: technique(id)?.name ?? null,
          ...total(byRule.filter(({ rule }) => rule.techniques.includes(id))),
        })),
        byRule,
      };
    },
  };
};

const earlier = (a: Micros | null, b: Micros | null): Micros | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
const later = (a: Micros | null, b: Micros | null): Micros | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

const total = (counts: readonly HuntRuleCount[]): HuntCount => ({
  rules: counts.length,
  hits: counts.reduce((sum, { hits }) => sum + hits, 0),
});

const rank = (level: string | null): number => (levels as readonly (string | null)[]).indexOf(level);

const compareCounts = (a: HuntRuleCount, b: HuntRuleCount): number =>
  rank(b.rule.level) - rank(a.rule.level) ||
  b.hits - a.hits ||
  compareTexts(a.rule.title, b.rule.title) ||
  compareTexts(a.rule.id, b.rule.id);

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
