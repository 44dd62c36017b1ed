import { tactics, technique, techniques } from '../../attack/attack.ts';
import type { Content } from '../../content/content.ts';
import type { Listing } from './listing.ts';

export const listAtomics = (content: Content): Listing => ({
  head: ['Test', 'Name', 'Platforms', 'Executor', 'Signals', 'GUID'],
  items: [...content.atomics.values()].flatMap((atomic) => {
    if (atomic.activity !== undefined) return [];
    const id = `${atomic.technique}-${atomic.number}`;
    const signals = content.signals.get(atomic.guid)?.length ?? 0;
    const { guid, name, platforms, executor } = atomic;
    return {
      cells: [id, name, platforms.join(', '), executor.name, String(signals), guid],
      techniques: [atomic.technique],
      platforms,
      text: atomic.description,
      json: {
        id,
        guid,
        name,
        technique: atomic.technique,
        platforms,
        executor: executor.name,
        signals,
        file: atomic.place.file,
      },
    };
  }),
});

export const listDetections = (content: Content): Listing => ({
  head: ['Detection', 'Title', 'Language', 'Platform', 'Severity', 'Origin', 'Techniques'],
  items: [...content.detections.values()].map(
    ({ id, title, language, platform, severity, origin, techniques, hash, place }) => ({
      cells: [id, title, language, platform, severity, origin, techniques.join(', ')],
      techniques,
      platforms: [platform],
      text: '',
      json: { id, title, language, platform, severity, origin, techniques, hash, file: place.file },
    }),
  ),
});

export const listScenarios = (content: Content): Listing => ({
  head: ['Scenario', 'Name', 'Topology', 'Variants', 'Detections', 'Techniques'],
  items: [...content.scenarios.values()].map(({ id, name, description, topology, variants, detections, place }) => {
    const used = variants.flatMap(({ atomic }) => content.atomics.get(atomic) ?? []);
    const ids = [...new Set(used.map((atomic) => atomic.technique))].sort();
    return {
      cells: [id, name, topology, String(variants.length), String(detections.length), ids.join(', ')],
      techniques: ids,
      platforms: [...new Set(used.flatMap(({ platforms }) => platforms))],
      text: description,
      json: {
        id,
        name,
        topology,
        variants: variants.map((one) => one.name),
        detections,
        techniques: ids,
        file: place.file,
      },
    };
  }),
});

/** The matrix without what is revoked or deprecated, with what the project has for each. */
export const listTechniques = (content: Content): Listing => ({
  head: ['Technique', 'Name', 'Tactics', 'Tests', 'Rules'],
  items: techniques
    .filter(({ revokedBy, deprecated }) => revokedBy === null && !deprecated)
    .map(({ id, name, tactics: inTactics, platforms, isPreCompromise }) => {
      const tests = [...content.atomics.values()].filter((atomic) => atomic.technique === id).length;
      const rules = [...content.detections.values()].filter((rule) => rule.techniques.includes(id)).length;
      return {
        cells: [id, name, inTactics.join(', '), String(tests), String(rules)],
        techniques: [id],
        platforms,
        text: '',
        json: { id, name, tactics: inTactics, platforms, isPreCompromise, tests, rules },
      };
    }),
});

/** The short name of a tactic that was named by id, name or short name; null when there is none. */
export const findTactic = (wanted: string): string | null => {
  const word = wanted.toLowerCase();
  const found = tactics.find(({ id, shortName, name }) =>
    [id, shortName, name].some((one) => one.toLowerCase() === word),
  );
  return found?.shortName ?? null;
};

export const isInTactic = (id: string, shortName: string): boolean =>
  technique(id)?.tactics.includes(shortName) === true;
