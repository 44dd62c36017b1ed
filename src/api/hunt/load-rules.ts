import { isError, type Diagnostic } from '../../model/diagnostic.ts';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { HuntRefusal, HuntRename } from '../../model/hunt.ts';
import type { Refused } from '../../query/sigma/collection/collection.ts';
import { loadSigma } from '../../query/sigma/collection/load-sigma.ts';
import type { Correlation } from '../../query/sigma/correlate/correlation.ts';
import { applyPipelines } from '../../query/sigma/pipeline/apply-pipeline.ts';
import { parsePipeline, placeholdersOf } from '../../query/sigma/pipeline/parse-pipeline.ts';
import type { Pipeline } from '../../query/sigma/pipeline/pipeline.ts';
import type { SigmaRule } from '../../query/sigma/rule/rule.ts';
import { readRuleFiles } from './rule-files.ts';
import type { HuntSettings } from './settings.ts';

export interface LoadedRules {
  readonly rules: readonly SigmaRule[];
  readonly correlations: readonly Correlation[];
  readonly filters: number;
  readonly refused: readonly HuntRefusal[];
  readonly renamed: readonly HuntRename[];
  /** Warnings; refusals have their reasons. */
  readonly diagnostics: readonly Diagnostic[];
}

/** All rules of a hunt: filters applied, pipelines run. Throws HarnessError for paths and pipelines that cannot be used. */
export const loadRules = async (settings: HuntSettings): Promise<LoadedRules> => {
  const { folder = '' } = settings;
  const pipelines = await loadPipelines(settings.pipelines ?? [], folder);
  const files = [
    ...(await readRuleFiles(settings.detections, 'Sigma rules', folder)),
    ...(settings.filters === undefined ? [] : await readRuleFiles(settings.filters, 'Sigma filters', folder)),
  ];
  const taxonomies = new Set(pipelines.flatMap(({ taxonomy }) => taxonomy ?? []));
  const collection = loadSigma(files, {
    placeholders: placeholdersOf(pipelines),
    taxonomies,
    ...(settings.filterMeaning === undefined ? {} : { filters: settings.filterMeaning }),
  });
  const refused: Refused[] = [...collection.refused];
  const renamed: HuntRename[] = [];
  const rules = collection.rules.flatMap((rule): readonly SigmaRule[] => {
    const piped = applyPipelines(rule, pipelines);
    if (!piped.ok) {
      refused.push({ title: rule.title, place: rule.place, reasons: [piped.reason] });
      return [];
    }
    for (const { pipeline, transformation, field, became } of piped.steps)
      if (field !== null) renamed.push({ rule: rule.id, pipeline, transformation, field, became: became ?? [] });
    return [piped.rule];
  });
  return {
    rules,
    correlations: collection.correlations,
    filters: collection.filters.length,
    refused: refused.map(refusal),
    renamed,
    diagnostics: collection.diagnostics.filter((one) => !isError(one)),
  };
};

const refusal = ({ title, place, reasons }: Refused): HuntRefusal => ({
  title,
  file: place.file,
  line: place.line,
  reasons: reasons.map(({ message }) => message),
});

const loadPipelines = async (paths: readonly string[], folder: string): Promise<readonly Pipeline[]> => {
  if (paths.length === 0) return [];
  const files = await readRuleFiles(paths, 'processing pipelines', folder);
  return files.map(({ file, text }) => {
    const parsed = parsePipeline(file, text);
    if (parsed.ok) return parsed.value;
    const [first] = parsed.diagnostics;
    const where = first?.place === undefined ? file : `${first.place.file}:${first.place.line}`;
    throw new HarnessError(`${where}: ${first?.message ?? 'no pipeline'}`, {
      code: 'hunt/pipeline',
      exitCode: exitCode.usage,
      hint: 'Leaving a step out would change what rules mean.',
    });
  });
};
