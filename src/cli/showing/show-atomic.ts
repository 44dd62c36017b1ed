import { renderCommand } from '../../content/atomics/render-command.ts';
import { resolveInputs } from '../../content/atomics/resolve-inputs.ts';
import type { Content } from '../../content/content.ts';
import type { Atomic } from '../../model/atomic.ts';
import { plainSetup } from '../../model/test-setup.ts';
import { facts, type Shown } from './shown.ts';

/** Kept as it is written: which folder it becomes is the host's to say. */
const atomicsFolder = 'PathToAtomicsFolder';

/** A test with its default inputs put in: what would run. */
export const showAtomic = (content: Content, atomic: Atomic): Shown => {
  const { inputs } = resolveInputs(atomic, {});
  const filled = (text: string | null): string => (text === null ? '' : renderCommand(text, inputs, atomicsFolder));
  const { executor } = atomic;
  const command = executor.name === 'manual' ? executor.steps : filled(executor.command);
  const cleanup = executor.name === 'manual' ? '' : filled(executor.cleanupCommand);
  const { software: packages, runsOn } = content.setups.get(atomic.guid) ?? plainSetup;
  const needs = packages.map((name) => `Debian package ${name}`);
  const signals = content.signals.get(atomic.guid) ?? [];
  const scenarios = [...content.scenarios.values()].filter(({ variants }) =>
    variants.some((variant) => variant.atomic === atomic.guid),
  );
  const rules = [...content.detections.values()].filter(({ techniques }) => techniques.includes(atomic.technique));
  const id = `${atomic.technique}-${atomic.number}`;
  return {
    kind: 'atomic',
    lines: [
      `${id} ${atomic.name}`,
      ...facts([
        ['guid', atomic.guid],
        ['technique', `${atomic.technique} ${atomic.techniqueName}`],
        ['platforms', atomic.platforms.join(', ')],
        ['description', atomic.description],
        ['inputs', atomic.inputs.map(({ name, type }) => `${name} (${type}): ${inputs[name] ?? ''}`).join('\n')],
        ['needs', [...needs, ...atomic.dependencies.map(({ description }) => description.trim())].join('\n')],
        ['executor', `${executor.name}${executor.elevationRequired ? ', elevated' : ''}`],
        ['runs on', runsOn],
        ['command', command],
        ['cleanup', cleanup],
        ['signals', signals.map((signal) => signal.id).join('\n')],
        ['rules', rules.map((rule) => rule.id).join('\n')],
        ['scenarios', scenarios.map((scenario) => scenario.id).join('\n')],
        ['file', `${atomic.place.file}:${atomic.place.line}`],
      ]),
    ],
    json: {
      id,
      guid: atomic.guid,
      name: atomic.name,
      technique: atomic.technique,
      platforms: atomic.platforms,
      description: atomic.description,
      inputs,
      needs: packages,
      runsOn,
      executor: executor.name,
      command,
      cleanup,
      signals: signals.map((signal) => signal.id),
      rules: rules.map((rule) => rule.id),
      scenarios: scenarios.map((scenario) => scenario.id),
      file: atomic.place.file,
      line: atomic.place.line,
    },
  };
};
