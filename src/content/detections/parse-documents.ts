import type { Diagnostic, Parsed } from '../../model/diagnostic.ts';
import { assertNever } from '../../model/assert-never.ts';
import { readDocuments } from '../../util/yaml/read-documents.ts';
import type { YamlFile } from '../../util/yaml/yaml-file.ts';
import { findRules } from './cloud-siem/find-rules.ts';
import { parseCloudSiem } from './cloud-siem/parse-cloud-siem.ts';
import type { DeclaredDetection } from './declared-detection.ts';
import { parseCorrelation, rulesOfCorrelations } from './parse-correlation.ts';
import { parseHuntingQuery, parseNrtRule, parseScheduledRule } from './parse-sentinel.ts';
import { parseSigma } from './parse-sigma.ts';
import { recognizeDocument } from './recognize.ts';

export interface ParseDocumentsOptions {
  /** How much it matters that a document is of no kind we know. */
  readonly notRecognized: Diagnostic['severity'];
}

/** Every detection of a file of YAML or JSON, each of the kind that it says it is. */
export const parseDocuments = (
  file: string,
  text: string,
  options: ParseDocumentsOptions,
): readonly Parsed<DeclaredDetection | null>[] => {
  const documents = readDocuments(file, text).filter((read) => !read.ok || read.value.value !== null);
  if (documents.length === 0) return [nothing(file, text, options)];
  const correlated = rulesOfCorrelations(documents.flatMap((read) => (read.ok ? [read.value.value] : [])));
  return documents.flatMap((read, index) =>
    read.ok
      ? parseDocument(read.value, index + 1, correlated, options).map((parsed) =>
          withDiagnostics(parsed, read.diagnostics),
        )
      : [read],
  );
};

const parseDocument = (
  yaml: YamlFile<unknown>,
  ordinal: number,
  correlated: ReadonlySet<string>,
  options: ParseDocumentsOptions,
): readonly Parsed<DeclaredDetection | null>[] => {
  const kind = recognizeDocument(yaml.source.file, yaml.value);
  if (typeof kind === 'object') return [refuse(yaml, kind.reason, kind.hint, options)];
  switch (kind) {
    case 'sigma-rule':
      return isCorrelated(yaml.value, correlated) ? [none] : [parseSigma(yaml, ordinal)];
    case 'sigma-correlation':
      return isCorrelated(yaml.value, correlated) ? [none] : [parseCorrelation(yaml, ordinal)];
    case 'sigma-filter':
      return [
        refuse(yaml, 'it is a Sigma filter, which changes other rules', 'merge it into those rules', {
          notRecognized: 'warning',
        }),
      ];
    case 'scheduled-rule':
      return [parseScheduledRule(yaml)];
    case 'nrt-rule':
      return [parseNrtRule(yaml)];
    case 'hunting-query':
      return [parseHuntingQuery(yaml)];
    case 'cloud-siem':
      return findRules(yaml.value).map((found, index) => parseCloudSiem(yaml, found, ordinal + index));
    case 'index':
      return [none];
    default:
      return assertNever(kind);
  }
};

const none: Parsed<null> = { ok: true, value: null, diagnostics: [] };

/** A rule or a correlation that a correlation of its file is over alerts only through it, unless the correlation says otherwise. */
const isCorrelated = (value: unknown, correlated: ReadonlySet<string>): boolean => {
  const { id, name } = value as { readonly id?: unknown; readonly name?: unknown };
  return [id, name].some((one) => typeof one === 'string' && correlated.has(one));
};

const refuse = (
  yaml: YamlFile<unknown>,
  reason: string,
  hint: string,
  { notRecognized }: ParseDocumentsOptions,
): Parsed<null> => {
  const { line, column, file } = yaml.place([]);
  const problem = yaml.problem([], {
    code: 'detection/not-recognized',
    severity: notRecognized,
    message: `this is no detection that Tocsin knows: ${reason}`,
    place: { file, line, column },
    hint,
  });
  return notRecognized === 'error'
    ? { ok: false, diagnostics: [problem] }
    : { ok: true, value: null, diagnostics: [problem] };
};

const nothing = (file: string, text: string, { notRecognized }: ParseDocumentsOptions): Parsed<null> => ({
  ok: true,
  value: null,
  diagnostics: [
    {
      code: 'detection/not-recognized',
      severity: notRecognized,
      message: 'this is no detection that Tocsin knows: it is empty',
      place: { file, line: 1, column: 1 },
      excerpt: text.split('\n')[0] ?? '',
    },
  ],
});

const withDiagnostics = <T>(parsed: Parsed<T>, more: readonly Diagnostic[]): Parsed<T> => ({
  ...parsed,
  diagnostics: [...more, ...parsed.diagnostics],
});
