import type { CloudSiemRule } from '../../../model/cloud-siem-rule.ts';
import { isError, type Diagnostic, type Parsed } from '../../../model/diagnostic.ts';
import { readDocuments } from '../../../util/yaml/read-documents.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { isDocument } from '../recognize.ts';
import { findRules, type FoundRule } from './find-rules.ts';
import { inSnakeCase } from './in-snake-case.ts';
import { readRule } from './read-rule.ts';

interface LocatedRule {
  readonly yaml: YamlFile<unknown>;
  readonly found: FoundRule;
}

// One of them stands in every rule, and in hardly any query, which need not be read as YAML then.
const telling = /entity_?selectors|index_?key/i;

/** The Cloud SIEM rule that a text is, told by what it says; null when it is something else, a query for example. */
export const readRuleFile = (file: string, text: string): Parsed<CloudSiemRule> | null => {
  if (!telling.test(text)) return null;
  const documents = readDocuments(file, text);
  const rules = documents.flatMap((read) =>
    read.ok ? findRules(read.value.value).map((found): LocatedRule => ({ yaml: read.value, found })) : [],
  );
  const diagnostics = documents.flatMap((read) => read.diagnostics);
  const [first, second] = rules;
  // A query is no good YAML either.
  if (first === undefined) return isDocument(file) && diagnostics.some(isError) ? { ok: false, diagnostics } : null;
  if (second !== undefined) return { ok: false, diagnostics: [...diagnostics, several(second, rules.length)] };
  const read = readRule(inSnakeCase(first.yaml, first.found.path), first.found.kind);
  const all = [...diagnostics, ...read.diagnostics];
  return read.ok && !all.some(isError)
    ? { ok: true, value: read.value.rule, diagnostics: all }
    : { ok: false, diagnostics: all };
};

const several = ({ yaml, found }: LocatedRule, count: number): Diagnostic =>
  yaml.problem(found.path, {
    code: 'query/several-rules',
    message: `this text holds ${count} rules, where one is asked for`,
    hint: 'give each rule a file of its own',
  });
