import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { technique } from '../../attack/attack.ts';
import { exitCode } from '../../model/exit-code.ts';
import { renderJsonSchema, schemaFile } from '../schemas/json-schema.ts';
import { ourFormats } from '../schemas/our-formats.ts';
import { settingsFile } from '../settings/settings-file.ts';
import { HarnessError } from '../../model/harness-error.ts';

/** A file of a new drill, relative to the project, with forward slashes. */
export interface ScaffoldFile {
  readonly path: string;
  readonly content: string;
  /** Shared by all drills of a project: one that is there already stays as it is. */
  readonly shared: boolean;
}

export interface ScaffoldOptions {
  /** For example `T1571`, `T1583.003`. */
  readonly technique: string;
  /** Of the new atomic. */
  readonly guid: string;
}

const templates = join(import.meta.dirname, 'templates');

/** `t1583-003`: names the scenario and its files. */
export const scenarioIdOf = (id: string): string => id.toLowerCase().replace('.', '-');

/** A first drill: an atomic, its signals, a detection, a scenario, and the lab that they run in. Throws `init/no-technique`. */
export const createScaffold = async (options: ScaffoldOptions): Promise<readonly ScaffoldFile[]> => {
  const found = technique(options.technique);
  if (found === undefined) {
    throw new HarnessError(`ATT&CK has no technique ${JSON.stringify(options.technique)}`, {
      code: 'init/no-technique',
      exitCode: exitCode.usage,
      hint: 'for example --technique T1571, or T1583.003 for a sub-technique',
    });
  }
  const id = scenarioIdOf(found.id);
  const values: Readonly<Record<string, string>> = {
    __TECHNIQUE__: found.id,
    __TECHNIQUE_NAME__: JSON.stringify(found.name),
    __GUID__: options.guid,
    __ID__: id,
  };
  const layout: readonly (readonly [template: string, path: string])[] = [
    ['own/atomic.yaml', `atomics/${found.id}/${found.id}.yaml`],
    ['own/signals.yaml', `atomics/${found.id}/signals.yaml`],
    ['own/index.yaml', `detections/${found.id}/index.yaml`],
    ['own/detection.kql', `detections/${found.id}/${id}-repeated-connections.kql`],
    ['own/scenario.yaml', `scenarios/${id}.yaml`],
    ['shared/topology.yaml', 'lab/topologies/two-zones.yaml'],
    ['shared/autonomous-systems.yaml', 'lab/data/autonomous-systems.yaml'],
    ['shared/indicators.yaml', 'lab/data/indicators.yaml'],
    ['shared/nightly.yaml', '.github/workflows/nightly.yaml'],
    ['shared/tocsin.yaml', settingsFile],
  ];
  const written = await Promise.all(
    layout.map(async ([template, path]) => {
      const text = await readFile(join(templates, template), 'utf8');
      const content = text.replace(/__[A-Z_]+?__/g, (name) => values[name] ?? name);
      return { path, content, shared: template.startsWith('shared/') };
    }),
  );
  return [...written, ...schemaFiles()];
};

/** What the first line of each file points editors at: they complete and check while people write. */
const schemaFiles = (): readonly ScaffoldFile[] =>
  ourFormats
    .filter(({ written }) => written === 'by people')
    .map((format) => ({
      path: `.tocsin/schemas/${schemaFile(format.name)}`,
      content: renderJsonSchema(format),
      shared: true,
    }));
