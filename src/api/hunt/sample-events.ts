import type { LogEvent, LogSource } from '../../model/log-event.ts';
import type { SampledEvent } from './match-part.ts';

const mostOfRule = 3;
const mostOfSource = 20;
/** Events that follow one another are much alike. */
const stride = 37;

/** Of a part, a few events of every source and a few hits of every rule. */
export const createEventSample = () => {
  const kept: SampledEvent[] = [];
  const ofRule = new Map<number, number>();
  const ofSource = new Map<LogSource, number>();
  return {
    add: (event: LogEvent, rules: readonly number[]): void => {
      const seen = (ofSource.get(event.source) ?? 0) + 1;
      ofSource.set(event.source, seen);
      const isWanted = rules.some((rule) => (ofRule.get(rule) ?? 0) < mostOfRule);
      if (!isWanted && (seen % stride !== 1 || seen > stride * mostOfSource)) return;
      for (const rule of rules) ofRule.set(rule, (ofRule.get(rule) ?? 0) + 1);
      kept.push({ event, rules });
    },
    list: (): readonly SampledEvent[] => kept,
  };
};
