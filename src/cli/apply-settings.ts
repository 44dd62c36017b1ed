import type { Command, Option } from 'commander';
import { readSettings, type Setting } from '../api/settings/read-settings.ts';
import type { SettingName } from '../api/settings/settings-schema.ts';
import { ContentError } from '../judge/content-error.ts';
import { isError } from '../model/diagnostic.ts';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { CommandLineInput } from './context.ts';

/** Which option a setting stands for: `reports` is where runs go for those who write them, and where they are for all others. */
const optionsOf: Readonly<Record<SettingName, readonly string[]>> = {
  scenarios: [],
  driver: ['driver'],
  audit: ['audit'],
  reports: ['reports', 'output'],
  detections: ['detections'],
  baseline: ['baseline'],
  schema: ['schema'],
  timeLimit: ['timeLimit'],
  color: ['color'],
};

/** Commands whose `--output` is something else than the folder of runs. */
const ownOutput = new Set(['report', 'hunt', 'diff']);

/** Hunting and listing choose their rules themselves. */
const ownDetections = new Set(['hunt']);

/** Flag > environment > tocsin.yaml > default: puts in what no flag says. Throws for a value that the flag would not take. */
export const applySettings = async (
  program: Command,
  command: Command,
  { root, cwd, env }: CommandLineInput,
): Promise<void> => {
  const { settings, diagnostics } = await readSettings(root, cwd, env);
  // Those who look for what is wrong have to come through.
  if (diagnostics.some(isError) && !['check', 'doctor'].includes(command.name())) throw new ContentError(diagnostics);
  for (const setting of settings.values()) {
    // The conventions of all programs are environment, too, and come before a file.
    if (setting.name === 'color' && setting.from === 'file' && (env['NO_COLOR'] || env['FORCE_COLOR'])) continue;
    for (const owner of [command, program]) {
      const option = owner.options.find((one) => isFor(one, setting, owner));
      if (option !== undefined) apply(owner, option, setting);
    }
  }
};

const isFor = (option: Option, { name }: Setting, owner: Command): boolean => {
  const attribute = option.attributeName();
  if (!optionsOf[name].includes(attribute)) return false;
  if (attribute === 'output' && ownOutput.has(owner.name())) return false;
  return !(attribute === 'detections' && ownDetections.has(owner.name()));
};

const apply = (owner: Command, option: Option, { value, from, where }: Setting): void => {
  const name = option.attributeName();
  if (!['default', undefined].includes(owner.getOptionValueSource(name))) return;
  try {
    const parsed = typeof value === 'string' ? (option.parseArg?.(value, undefined as never) ?? value) : [...value];
    owner.setOptionValueWithSource(name, parsed, from === 'environment' ? 'env' : 'config');
  } catch (error) {
    throw new HarnessError(`${where}: ${option.flags} cannot be ${JSON.stringify(value)}`, {
      code: 'settings/invalid-value',
      exitCode: exitCode.usage,
      hint: error instanceof Error ? error.message : 'see the command with --help',
      cause: error,
    });
  }
};
