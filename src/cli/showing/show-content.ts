import type { Content } from '../../content/content.ts';
import type { Detection } from '../../model/detection.ts';
import type { Scenario } from '../../model/scenario.ts';
import { facts, type Shown } from './shown.ts';

export const showDetection = ({
  id,
  title,
  language,
  platform,
  severity,
  origin,
  techniques,
  schedule,
  text,
  place,
  hash,
}: Detection): Shown => ({
  kind: 'detection',
  lines: [
    `${id} ${title}`,
    ...facts([
      ['language', `${language}, for ${platform}`],
      ['severity', severity],
      ['origin', origin],
      ['techniques', techniques.join(', ')],
      [
        'schedule',
        `every ${schedule.frequencySeconds} s over ${schedule.periodSeconds} s, fires above ${schedule.threshold}`,
      ],
      ['sha256', hash],
      ['file', `${place.file}:${place.line}`],
    ]),
    '',
    text.trimEnd(),
  ],
  json: {
    id,
    title,
    language,
    platform,
    severity,
    origin,
    techniques,
    schedule: { ...schedule },
    hash,
    file: place.file,
    text,
  },
});

export const showScenario = (content: Content, scenario: Scenario): Shown => {
  const variants = scenario.variants.map((variant) => {
    const atomic = content.atomics.get(variant.atomic);
    const test = atomic === undefined ? variant.atomic : `${atomic.technique}-${atomic.number}`;
    return { name: variant.name, test, roles: variant.roles, description: variant.description };
  });
  const { id, name, description, topology, detections, place } = scenario;
  return {
    kind: 'scenario',
    lines: [
      `${id} ${name}`,
      ...facts([
        ['description', description],
        ['topology', topology],
        ['detections', detections.join('\n')],
        ['variants', variants.map((one) => `${one.name}: ${one.test} on ${rolesOf(one.roles)}`).join('\n')],
        ['file', `${place.file}:${place.line}`],
      ]),
    ],
    json: { id, name, description, topology, detections, variants, file: place.file },
  };
};

const rolesOf = (roles: Readonly<Record<string, string>>): string =>
  Object.entries(roles)
    .map(([role, host]) => `${role} ${host}`)
    .join(', ');
