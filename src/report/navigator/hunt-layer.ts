import { attackVersion } from '../../attack/attack.ts';
import type { HuntSummary } from '../../model/hunt.ts';
import { plural } from '../../util/plural.ts';
import { createLayer } from './layer.ts';

/** A layer of what a hunt found: a technique's score is the number of its hits. */
export const renderHuntLayer = ({ techniques, byRule, data }: HuntSummary): string => {
  const layer = createLayer({
    name: 'hunt: hits',
    attack: attackVersion,
    description: `Hits of Sigma rules in ${data.events} events, by the techniques that the rules are tagged with.`,
    techniques: techniques.map(({ technique, rules, hits }) => ({
      techniqueID: technique,
      score: hits,
      comment: `${plural(hits, 'hit')} of ${plural(rules, 'rule')}: ${byRule
        .filter(({ rule }) => rule.techniques.includes(technique))
        .map(({ rule }) => rule.title)
        .join('; ')}`,
      enabled: true,
      showSubtechniques: true,
    })),
    gradient: {
      colors: ['#ffe2bd', '#d64550'],
      minValue: 1,
      maxValue: techniques.reduce((most, { hits }) => Math.max(most, hits), 1),
    },
    legendItems: [],
    metadata: [{ name: 'events', value: String(data.events) }],
  });
  return `${JSON.stringify(layer, null, 2)}\n`;
};
