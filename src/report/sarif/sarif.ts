import { createHash } from 'node:crypto';
import type { Place } from '../../model/place.ts';
import type { RunResult } from '../../model/run-result.ts';
import { findingsOf, findingTitle, type Finding } from '../findings/findings.ts';
import type { ReportFormat } from '../report-format.ts';
import { sarifRules } from './rules.ts';

/** SARIF 2.1.0: a rule per detection, a result per gap. An expected gap is a `note`; what works is no result, since readers show every result as an alert. */
export const renderSarif = (run: RunResult): string => {
  const findings = findingsOf(run).filter(({ kind }) => kind === 'detection');
  const rules = sarifRules(run);
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Tocsin', rules } },
        automationDetails: { id: `tocsin/${run.scenario.id}/` },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(run)],
        results: findings.map((finding) => resultOf(finding, ruleIndex(rules, finding.id))),
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

export const sarifFormat: ReportFormat = { name: 'sarif', render: (run) => ({ 'results.sarif': renderSarif(run) }) };

const ruleIndex = (rules: readonly { readonly id: string }[], id: string): number =>
  rules.findIndex((rule) => rule.id === id);

/** What kept a verdict from being reached is said here: it is no finding about a rule. */
const invocationOf = (run: RunResult) => ({
  executionSuccessful: ![2, 3, 70].includes(run.exitCode),
  exitCode: run.exitCode,
  startTimeUtc: run.startedAt,
  endTimeUtc: run.finishedAt,
  toolExecutionNotifications: findingsOf(run)
    .filter(({ kind }) => kind !== 'detection')
    .map((finding) => ({
      level: finding.level,
      message: { text: messageOf(finding) },
      locations: [{ physicalLocation: locationOf(finding.file, finding.place) }],
    })),
});

const resultOf = (finding: Finding, index: number) => ({
  ruleId: finding.id,
  ruleIndex: index,
  kind: 'fail',
  level: finding.level,
  message: { text: messageOf(finding) },
  locations: [{ physicalLocation: locationOf(finding.file, finding.place) }],
  // Not the line: an edit above a rule's clause must not make an old alert a new one.
  partialFingerprints: { 'tocsin/v1': fingerprint(finding) },
  properties: { technique: finding.technique, variant: finding.variant, verdict: finding.verdict },
});

const messageOf = (finding: Finding): string =>
  finding.message === '' ? findingTitle(finding) : `${findingTitle(finding)}. ${finding.message}`;

const fingerprint = ({ key, id, verdict }: Finding): string =>
  createHash('sha256')
    .update(JSON.stringify([key, id, verdict]))
    .digest('hex');

/** A reference into the repository; a rule that is rejected as a whole has no place of its own, and readers want a line. */
const locationOf = (file: string, place: Place | null) => {
  const at = place?.file ?? file;
  return {
    artifactLocation: { uri: at.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
    region: regionOf(place),
  };
};

const regionOf = (place: Place | null) => {
  if (place === null) return { startLine: 1 };
  const { line, column, endLine, endColumn } = place;
  const start = { startLine: line, startColumn: column };
  return endLine === undefined || endColumn === undefined ? start : { ...start, endLine, endColumn };
};
