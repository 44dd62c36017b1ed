import type { Technique } from '../../attack/attack.ts';
import type { Content } from '../../content/content.ts';
import type { Json } from '../../model/json.ts';
import { playbookFields, type Playbook } from '../../model/playbook.ts';
import { facts, type Shown } from './shown.ts';

export const showTechnique = (
  content: Content,
  { id, name, tactics, platforms, parent, revokedBy, deprecated, isPreCompromise }: Technique,
): Shown => {
  const tests = [...content.atomics.values()].filter((atomic) => atomic.technique === id);
  const rules = [...content.detections.values()]
    .filter(({ techniques }) => techniques.includes(id))
    .map((rule) => rule.id);
  const playbook = content.playbooks.get(id);
  return {
    kind: 'technique',
    lines: [
      `${id} ${name}`,
      ...facts([
        ['tactics', tactics.join(', ')],
        ['platforms', platforms.join(', ')],
        ['part of', parent ?? ''],
        ['revoked', revokedBy === null ? '' : `use ${revokedBy}`],
        ['deprecated', deprecated ? 'yes' : ''],
        ['seen', isPreCompromise ? 'before a compromise: judged by the behavior that stands for it' : ''],
        ['tests', tests.map((atomic) => `${id}-${atomic.number} ${atomic.name}`).join('\n')],
        ['rules', rules.join('\n')],
        ['playbook', playbook?.file ?? ''],
      ]),
      ...(playbook === undefined ? [] : playbookLines(playbook)),
    ],
    json: {
      id,
      name,
      tactics,
      platforms,
      parent,
      revokedBy,
      deprecated,
      isPreCompromise,
      tests: tests.map(({ guid }) => guid),
      rules,
      playbook: playbook === undefined ? null : playbookJson(playbook),
    },
  };
};

/** The card's fields as headings, and below each its items with the detections that answer them. */
const playbookLines = ({ sections }: Playbook): readonly string[] =>
  sections.flatMap(({ field, items }) => [
    '',
    playbookFields[field],
    ...items.map(
      ({ text, detections }) => `  - ${text}${detections.length === 0 ? '' : ` [${detections.join(', ')}]`}`,
    ),
  ]);

const playbookJson = ({ file, sections }: Playbook): Json => ({
  file,
  ...Object.fromEntries(
    sections.map(({ field, items }) => [field, items.map(({ text, detections }) => ({ text, detections }))]),
  ),
});
