import { stripVTControlCharacters } from 'node:util';
import type { DrillPlan } from '../run/plan.ts';

/** `--dry-run`: what would run, where, and what is expected of it. */
export const renderPlan = ({ scenario, hosts, variants }: DrillPlan): string => {
  const lines = [
    `${scenario.id}: ${scenario.name}`,
    ...(scenario.timeScale === 1 ? [] : [`clock ${scenario.timeScale} times as fast as real time`]),
    '',
    'Hosts',
    ...hosts.map((host) => `  ${host.name}  ${host.persona}  ${host.zone}  ${host.address}  ${host.user}`),
    ...variants.flatMap(({ variant, atomic, host, software, command, expectedSeconds }) => [
      '',
      `${variant.name}: ${atomic.technique}-${atomic.number} ${atomic.name}`,
      `  on        ${host.name}${expectedSeconds === null ? '' : `, about ${Math.ceil(expectedSeconds)} s`}`,
      ...[...software.needed, ...software.asked].map((name) => `  software  ${name}`),
      ...variant.services.map(({ host, service }) => `  service   ${service.kind} on ${host}`),
      `  command   ${(command ?? '(manual)').trim().replaceAll('\n', '\n            ')}`,
      ...variant.expect.signals.map(({ signal, verdict }) => `  signal    ${signal} is ${verdict}`),
      ...variant.expect.detections.map(
        ({ detection, verdict, clause }) =>
          `  detection ${detection} is ${verdict}${clause === null ? '' : `, first at ${clause}`}`,
      ),
    ]),
  ];
  return `${stripVTControlCharacters(lines.join('\n'))}\n`;
};
