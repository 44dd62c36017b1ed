import { isError, type Diagnostic, type Parsed } from '../../../model/diagnostic.ts';
import type { SourceFile } from '../../../util/source-file.ts';
import { readDocuments } from '../../../util/yaml/read-documents.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { Correlation } from '../correlate/correlation.ts';
import { parseCorrelation } from '../correlate/parse-correlation.ts';
import { applyFilters } from '../filter/apply-filters.ts';
import type { FilterMeaning, SigmaFilter } from '../filter/filter.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { parseRule } from '../rule/parse-rule.ts';
import { isMap } from '../rule/parse-selection.ts';
import type { SigmaRule } from '../rule/rule.ts';
import type { Placeholders } from '../values/placeholders.ts';
import { checkReferences } from './check-references.ts';
import type { Refused, SigmaCollection } from './collection.ts';
import { mergeDocuments } from './merge-documents.ts';

export interface LoadSigmaOptions {
  readonly placeholders?: Placeholders;
  /** What a filter's condition says. Default: as written. */
  readonly filters?: FilterMeaning;
  /** Taxonomies, beside Sigma's own, that a pipeline maps. */
  readonly taxonomies?: ReadonlySet<string>;
}

type Document = SigmaRule | Correlation | SigmaFilter;

/** Reads Sigma files. Every document becomes a rule, a correlation or a filter, or is refused with its reasons; none is dropped. */
export const loadSigma = (files: readonly SourceFile[], options: LoadSigmaOptions = {}): SigmaCollection => {
  const settings = {
    placeholders: options.placeholders ?? new Map<string, readonly string[]>(),
    filters: options.filters ?? 'as-written',
    taxonomies: options.taxonomies ?? new Set<string>(),
  } as const;
  const diagnostics: Diagnostic[] = [];
  const refused: Refused[] = [];
  const documents: Document[] = [];
  for (const { file, text } of files) {
    for (const [index, read] of mergeDocuments(readDocuments(file, text)).entries()) {
      const parsed = read.ok ? parseDocument(read.value, index + 1, settings) : read;
      const found = read.ok ? [...read.diagnostics, ...parsed.diagnostics] : parsed.diagnostics;
      diagnostics.push(...found);
      if (parsed.ok && !found.some(isError)) documents.push(parsed.value);
      else refused.push(refusal(file, read, found.filter(isError)));
    }
  }
  const checked = checkReferences(documents);
  const filters = documents.filter((one) => one.kind === 'filter');
  const rules = documents.filter((one) => one.kind === 'rule');
  return {
    rules: rules.map((rule) => applyFilters(rule, filters, settings.filters)),
    correlations: checked.correlations,
    filters,
    refused: [...refused, ...checked.refused],
    diagnostics: [...diagnostics, ...checked.diagnostics],
  };
};

interface Settings {
  readonly placeholders: Placeholders;
  readonly filters: FilterMeaning;
  readonly taxonomies: ReadonlySet<string>;
}

const parseDocument = (yaml: YamlFile<unknown>, ordinal: number, settings: Settings): Parsed<Document> => {
  if (!isMap(yaml.value)) {
    const problem = yaml.problem([], { code: 'sigma/no-rule', message: 'this is no Sigma document' });
    return { ok: false, diagnostics: [problem] };
  }
  if ('correlation' in yaml.value) return parseCorrelation(yaml, ordinal);
  return 'filter' in yaml.value ? parseFilter(yaml, ordinal, settings) : parseRule(yaml, ordinal, settings);
};

const refusal = (file: string, read: Parsed<YamlFile<unknown>>, reasons: readonly Diagnostic[]): Refused => {
  const place = reasons[0]?.place ?? { file, line: 1, column: 1 };
  if (!read.ok || !isMap(read.value.value)) return { title: null, place, reasons };
  const { title } = read.value.value;
  return { title: typeof title === 'string' ? title : null, place, reasons };
};
