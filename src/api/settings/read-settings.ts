import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { suggest } from '../../util/suggest.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import { settingsFile } from './settings-file.ts';
import { settingNames, settingsSchema, variableOf, type SettingName } from './settings-schema.ts';

/** A setting that something other than a flag decides. */
export interface Setting {
  readonly name: SettingName;
  /** As it would be said on the command line; a list where a flag may be given several times. */
  readonly value: string | readonly string[];
  readonly from: 'environment' | 'file';
  /** The variable, or the file and line. */
  readonly where: string;
}

export interface ReadSettings {
  readonly settings: ReadonlyMap<SettingName, Setting>;
  /** Of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Variables that look like settings and are none, each with what was meant. */
  readonly unknownVariables: readonly { readonly name: string; readonly meant: string | null }[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Lists are separated as paths are in PATH; a comma does it as well. */
const lists: ReadonlySet<SettingName> = new Set(['scenarios', 'detections']);

const paths: ReadonlySet<SettingName> = new Set(['reports', 'detections', 'baseline']);

/** What the environment says, else what `tocsin.yaml` says; flags come before both, and are the command line's. */
export const readSettings = async (root: string, cwd: string, env: Environment): Promise<ReadSettings> => {
  const { settings: inFile, diagnostics } = await readFileSettings(root, cwd);
  const settings = new Map(inFile);
  for (const name of settingNames) {
    const value = env[variableOf(name)];
    if (value === undefined || value === '') continue;
    const said = lists.has(name) ? value.split(/[,:]/).filter((part) => part !== '') : value;
    settings.set(name, { name, value: said, from: 'environment', where: variableOf(name) });
  }
  return { settings, diagnostics, unknownVariables: unknownIn(env) };
};

const readFileSettings = async (root: string, cwd: string): Promise<Omit<ReadSettings, 'unknownVariables'>> => {
  const file = join(root, settingsFile);
  if (!existsSync(file)) return { settings: new Map(), diagnostics: [] };
  const text = await readFile(file, 'utf8');
  // Comments alone are what a scaffold leaves.
  if (text.split('\n').every((line) => /^\s*(?:#.*)?$/.test(line))) return { settings: new Map(), diagnostics: [] };
  const loaded = loadYaml(settingsFile, text, settingsSchema);
  if (!loaded.ok) return { settings: new Map(), diagnostics: loaded.diagnostics };
  const { value } = loaded.value;
  // A path in the file is relative to the file; on a command line it is relative to where one stands.
  const fromHere = (path: string): string => relative(cwd, resolve(root, path)) || '.';
  const entries = settingNames.flatMap((name): (readonly [SettingName, Setting])[] => {
    const said = value[name];
    if (said === undefined) return [];
    const texts = (Array.isArray(said) ? said : [String(said)]).map((text) =>
      paths.has(name) ? fromHere(text) : text,
    );
    const where = `${settingsFile}:${loaded.value.place([name], 'key').line}`;
    return [[name, { name, value: lists.has(name) ? texts : (texts[0] ?? ''), from: 'file', where }]];
  });
  return { settings: new Map(entries), diagnostics: loaded.diagnostics };
};

// What tests ask of their machine, and what the lab tells its hosts.
const others = /^TOCSIN_(?:REQUIRE_\w+|CORPUS|RUN|STEP)$/;

const unknownIn = (env: Environment): ReadSettings['unknownVariables'] => {
  const known = settingNames.map(variableOf);
  return Object.keys(env)
    .filter((name) => name.startsWith('TOCSIN_') && !known.includes(name) && !others.test(name))
    .sort()
    .map((name) => ({ name, meant: suggest(name, known) }));
};
