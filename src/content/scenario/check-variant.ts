import type { Atomic } from '../../model/atomic.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Variant } from '../../model/scenario.ts';
import { plainSetup } from '../../model/test-setup.ts';
import type { Topology } from '../../model/topology.ts';
import { suggest, suggestionHint } from '../../util/suggest.ts';
import { resolveInputs } from '../atomics/resolve-inputs.ts';
import { instantiateSignal } from '../signals/instantiate-signal.ts';
import type { YamlText } from '../../util/yaml/yaml-file.ts';
import type { Layers } from './layers.ts';
import type { Library } from './library.ts';

/** Hosts, roles and inputs of a variant against its topology and its atomic. */
export const checkVariant = (
  variant: Variant,
  layers: Layers,
  topology: Topology,
  yaml: YamlText,
  library: Library,
): readonly Diagnostic[] => {
  const atomic = library.atomics.get(variant.atomic);
  return [
    ...checkHosts(layers, topology, yaml),
    ...checkRoles(variant, layers, yaml, library),
    ...(atomic === undefined
      ? []
      : [
          ...checkInputs(variant, layers, atomic, yaml),
          ...checkSignals(variant, atomic, yaml, library),
          ...checkPlatform(variant, layers, atomic, topology, yaml, library),
        ]),
  ];
};

const checkHosts = ({ roles, services }: Layers, { hosts, name }: Topology, yaml: YamlText): readonly Diagnostic[] => {
  const known = hosts.map((host) => host.name);
  const named = [
    ...roles.map(({ value, path }) => ({ host: value, path, part: 'value' as const })),
    ...services.map(({ key, path }) => ({ host: key, path, part: 'key' as const })),
  ];
  return named
    .filter(({ host }) => !known.includes(host))
    .map(({ host, path, part }) =>
      yaml.problem(path, {
        code: 'scenario/unknown-host',
        message: `topology "${name}" has no host "${host}"`,
        part,
        hint: suggestionHint(host, known),
      }),
    );
};

const checkRoles = (
  { name, atomic }: Variant,
  layers: Layers,
  yaml: YamlText,
  library: Library,
): readonly Diagnostic[] => {
  const { runsOn } = library.setups.get(atomic) ?? plainSetup;
  const needed = new Set(['target', runsOn, ...(library.signals.get(atomic) ?? []).map(({ entry }) => entry.on)]);
  const given = layers.roles.map(({ key }) => key);
  return [...needed]
    .filter((role) => !given.includes(role))
    .map((role) => {
      const typo = suggest(
        role,
        given.filter((other) => !needed.has(other)),
      );
      return yaml.problem(layers.roles.find(({ key }) => key === typo)?.path ?? ['variants', name], {
        code: 'scenario/role-without-host',
        message: `variant "${name}" gives role "${role}" no host`,
        part: 'key',
        hint: typo === null ? `add \`roles: { ${role}: HOST }\`` : `did you mean "${role}"?`,
      });
    });
};

const checkInputs = (variant: Variant, layers: Layers, atomic: Atomic, yaml: YamlText): readonly Diagnostic[] =>
  resolveInputs(atomic, variant.inputs).problems.map(({ input, kind, value, type }) => {
    const path = layers.inputs.find(({ key }) => key === input)?.path ?? ['variants', variant.name];
    switch (kind) {
      case 'unknown':
        return yaml.problem(path, {
          code: 'scenario/unknown-input',
          message: `"${atomic.name}" has no input "${input}"`,
          part: 'key',
          hint: suggestionHint(
            input,
            atomic.inputs.map(({ name }) => name),
          ),
        });
      case 'circular':
        return yaml.problem(path, {
          code: 'scenario/circular-input',
          message: `input "${input}" leads back to itself`,
        });
      case 'wrong-type':
        return yaml.problem(path, {
          code: 'scenario/wrong-input',
          message: `input "${input}" is of type ${type}, and "${value}" is not`,
        });
    }
  });

const checkSignals = (variant: Variant, atomic: Atomic, yaml: YamlText, library: Library): readonly Diagnostic[] => {
  const { inputs } = resolveInputs(atomic, variant.inputs);
  return (library.signals.get(atomic.guid) ?? []).flatMap((template) => {
    const signal = instantiateSignal(template, atomic, inputs);
    // A signal that no inputs can save has been reported where it stands.
    if (signal.ok || !instantiateSignal(template, atomic, resolveInputs(atomic, {}).inputs).ok) return [];
    return signal.problems.map(({ message, hint }) =>
      yaml.problem(['variants', variant.name], {
        code: 'scenario/signal-without-meaning',
        message: `with these inputs, signal "${template.id}" has no meaning: ${message}`,
        part: 'key',
        hint: hint ?? null,
      }),
    );
  });
};

const checkPlatform = (
  { name, roles }: Variant,
  layers: Layers,
  atomic: Atomic,
  { hosts }: Topology,
  yaml: YamlText,
  { setups }: Library,
): readonly Diagnostic[] => {
  const { runsOn } = setups.get(atomic.guid) ?? plainSetup;
  const host = hosts.find((candidate) => candidate.name === roles[runsOn]);
  if (host === undefined || atomic.platforms.includes(host.persona)) return [];
  return [
    yaml.problem(layers.roles.find(({ key }) => key === runsOn)?.path ?? ['variants', name], {
      code: 'scenario/wrong-platform',
      severity: 'warning',
      message: `"${atomic.name}" is for ${atomic.platforms.join(', ')}, and ${host.name} is a ${host.persona} host`,
    }),
  ];
};
