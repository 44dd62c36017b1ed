import type { Atomic } from '../../model/atomic.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { suggestionHint } from '../../util/suggest.ts';
import { locateWithin } from '../../util/yaml/locate-text.ts';
import type { Path } from '../../util/yaml/locate.ts';
import type { YamlText } from '../../util/yaml/yaml-file.ts';
import { placeholdersOf } from './placeholders.ts';
import { resolveInputs } from './resolve-inputs.ts';
import { textsOf } from './texts.ts';

/** What Atomic Red Team's validator asks beyond the shape of a file, and that the defaults give a command. */
export const checkAtomic = (atomic: Atomic, path: Path, yaml: YamlText): readonly Diagnostic[] => {
  const used = textsOf(atomic).map(({ path: below, text }) => ({ path: below, text, names: placeholdersOf(text) }));
  const nested = atomic.inputs.map(({ name, default: value }) => {
    const text = typeof value === 'string' ? value : '';
    return { path: ['input_arguments', name, 'default'], text, names: placeholdersOf(text) };
  });
  const declared = atomic.inputs.map(({ name }) => name);
  const mentioned = new Set([...used, ...nested].flatMap(({ names }) => names));
  return [
    ...[...used, ...nested].flatMap(({ path: below, text, names }) =>
      names
        .filter((name) => !declared.includes(name))
        .map((name) =>
          yaml.problem([...path, ...below], {
            code: 'atomic/unknown-placeholder',
            message: `#{${name}} is no input of this test`,
            place: locateWithin(yaml, [...path, ...below], text.indexOf(`#{${name}}`), name.length + 3),
            hint: suggestionHint(name, declared) ?? `declare it under input_arguments`,
          }),
        ),
    ),
    ...declared
      .filter((name) => !mentioned.has(name))
      .map((name) =>
        yaml.problem([...path, 'input_arguments', name], {
          code: 'atomic/unused-input',
          message: `no command uses #{${name}}`,
          part: 'key',
          hint: 'use it or remove it',
        }),
      ),
    ...resolveInputs(atomic, {}).problems.filter(({ kind }) => kind === 'circular').map(({ input }) =>
      yaml.problem([...path, 'input_arguments', input, 'default'], {
        code: 'atomic/circular-input',
        message: `the default of "${input}" leads back to itself`,
      }),
    ),
    ...checkDependencies(atomic, path, yaml),
    ...checkElevation(atomic, path, yaml),
  ];
};

const checkDependencies = (atomic: Atomic, path: Path, yaml: YamlText): readonly Diagnostic[] =>
  atomic.dependencyExecutor === null || atomic.dependencies.length > 0
    ? []
    : [
        yaml.problem([...path, 'dependency_executor_name'], {
          code: 'atomic/needless-dependency-executor',
          message: 'the test has no dependencies to run with it',
          part: 'key',
          hint: 'remove the key',
        }),
      ];

const checkElevation = ({ executor, platforms }: Atomic, path: Path, yaml: YamlText): readonly Diagnostic[] => {
  const unix = platforms.includes('linux') || platforms.includes('macos');
  if (!unix || executor.name === 'manual' || executor.elevationRequired) return [];
  if (![executor.command, executor.cleanupCommand].some((text) => text?.includes('sudo'))) return [];
  const sudoIn = executor.command.includes('sudo') ? 'command' : 'cleanup_command';
  return [
    yaml.problem([...path, 'executor', sudoIn], {
      code: 'atomic/elevation-not-declared',
      message: 'the command uses sudo, and the test does not ask for elevation',
      hint: 'set elevation_required: true',
    }),
  ];
};
