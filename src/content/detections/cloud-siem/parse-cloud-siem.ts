import type { CloudSiemRule } from '../../../model/cloud-siem-rule.ts';
import type { Detection, Schedule } from '../../../model/detection.ts';
import type { Parsed } from '../../../model/diagnostic.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { DeclaredDetection } from '../declared-detection.ts';
import { fileId } from '../file-id.ts';
import { hashText } from '../hash-text.ts';
import { originOf } from '../origin.ts';
import type { FoundRule } from './find-rules.ts';
import { inSnakeCase } from './in-snake-case.ts';
import { readRule, type ReadRule } from './read-rule.ts';

/** A Cloud SIEM rule as Terraform, the API or a list of its fields in YAML say it. `ordinal` counts the file's rules from 1. */
export const parseCloudSiem = (
  yaml: YamlFile<unknown>,
  found: FoundRule,
  ordinal: number,
): Parsed<DeclaredDetection> => {
  const own = inSnakeCase(yaml, found.path);
  const read = readRule(own, found.kind);
  if (!read.ok) return read;
  const { fields, rule } = read.value;
  const { file, text } = yaml.source;
  const id = fields.id ?? fields.index_key ?? found.name ?? fileId(file, ordinal);
  const detection: Detection = {
    id: id.toLowerCase(),
    title: fields.name,
    language: 'cloud-siem',
    platform: 'sumo',
    severity: severityOf(fields),
    techniques: techniquesOfTags(fields.tags ?? []),
    origin: originOf(file),
    schedule: scheduleOf(rule),
    rule,
    text,
    place: { file, line: 1, column: 1 },
    hash: hashText(JSON.stringify([found.kind, fields])),
  };
  return { ok: true, value: { detection, declared: own.place(['name']) }, diagnostics: read.diagnostics };
};

/** Ten steps of the product as five of ours. */
const severityOf = ({ severity, severity_mapping, score_mapping }: ReadRule['fields']): Detection['severity'] => {
  const score = severity ?? severity_mapping?.default ?? score_mapping?.default ?? 5;
  if (score === 0) return 'informational';
  if (score <= 3) return 'low';
  return score <= 6 ? 'medium' : score <= 8 ? 'high' : 'critical';
};

/** `_mitreAttackTechnique:T1059.001`. */
const techniquesOfTags = (tags: readonly string[]): readonly string[] => [
  ...new Set(tags.flatMap((tag) => /^_mitreAttackTechnique:(T\d{4}(?:\.\d{3})?)$/.exec(tag)?.[1] ?? [])),
];

const hour = 3600;

// Records are judged as they come. Hours side by side show each record once; a window of the rule's own has to fit in.
const scheduleOf = (rule: CloudSiemRule): Schedule => {
  const seconds = 'windowSeconds' in rule ? Math.max(hour, rule.windowSeconds) : hour;
  // What is compared with a baseline has to see it.
  const baseline = 'baselineSeconds' in rule ? rule.baselineSeconds : 0;
  return { frequencySeconds: seconds, periodSeconds: seconds + baseline, threshold: 0 };
};
