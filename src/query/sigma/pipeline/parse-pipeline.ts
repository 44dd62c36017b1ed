import type { Parsed } from '../../../model/diagnostic.ts';
import { loadYaml } from '../../../util/yaml/load-yaml.ts';
import type { Placeholders } from '../values/placeholders.ts';
import { pipelineSchema, type Pipeline } from './pipeline.ts';

/** A pipeline file; transformations that we do not know are errors, since leaving one out would change what rules mean. */
export const parsePipeline = (file: string, text: string): Parsed<Pipeline> => {
  const loaded = loadYaml(file, text, pipelineSchema);
  return loaded.ok ? { ...loaded, value: loaded.value.value } : loaded;
};

/** Lower priorities come first; of the same, the order given. */
export const orderPipelines = (pipelines: readonly Pipeline[]): readonly Pipeline[] =>
  pipelines.toSorted((a, b) => a.priority - b.priority);

/** What placeholders stand for, for `loadSigma`: variables of pipelines, and `*` for those that a pipeline makes wildcards by name. */
export const placeholdersOf = (pipelines: readonly Pipeline[]): Placeholders =>
  new Map(
    orderPipelines(pipelines).flatMap(({ vars, transformations }) =>
      transformations.flatMap((one): [string, readonly string[]][] => {
        if (one.type === 'wildcard_placeholders') return (one.include ?? []).map((name) => [name, ['*']]);
        if (one.type !== 'value_placeholders') return [];
        return [...vars].filter(([name]) => one.include?.includes(name) ?? true);
      }),
    ),
  );
