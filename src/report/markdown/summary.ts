import type { RunResult } from '../../model/run-result.ts';
import { plural } from '../../util/plural.ts';
import { findingsOf, findingTitle, type Finding } from '../findings/findings.ts';
import { mdCode, mdTable, mdText } from './escape.ts';

/** The run on a page: what is not as expected first, then what is known not to work, then every technique. */
export const renderSummary = (run: RunResult): string => {
  const findings = findingsOf(run);
  const unmet = findings.filter(({ level }) => level === 'error');
  return `${[
    `# ${mdText(run.scenario.name)}`,
    headline(run, unmet.length),
    ...section('Not as expected', unmet),
    ...section(
      'Known gaps',
      findings.filter(({ level }) => level === 'note'),
    ),
    '## Techniques',
    techniqueTable(run),
    ...losses(run),
    `Run ${mdCode(run.runId)} on ${mdText(run.driver)}, finished ${mdText(run.finishedAt)}, ATT&CK v${mdText(run.attack.version)}.`,
  ].join('\n\n')}\n`;
};

const headline = (run: RunResult, unmet: number): string => {
  const verdicts = Map.groupBy(
    run.results.flatMap(({ detections }) => detections),
    ({ verdict }) => verdict,
  );
  const counts = [...verdicts]
    .map(([verdict, all]) => `${all.length} ${verdict}`)
    .sort()
    .join(' · ');
  const expectations = unmet === 0 ? 'Everything is as expected' : `**${plural(unmet, 'expectation')} not met**`;
  const left = run.residue.length === 0 ? '' : ` **${plural(run.residue.length, 'thing')} left behind.**`;
  return `${expectations} (exit code ${run.exitCode}): ${plural(run.results.length, 'test')}, ${counts}.${left}`;
};

const section = (title: string, findings: readonly Finding[]): readonly string[] =>
  findings.length === 0 ? [] : [`## ${title}`, findingTable(findings)];

export const findingTable = (findings: readonly Finding[]): string =>
  mdTable(
    ['Test › detection', 'Why', 'Where'],
    findings.map((finding) => [mdText(findingTitle(finding)), mdText(finding.message), mdCode(where(finding))]),
  );

const where = ({ file, place }: Finding): string =>
  place === null ? file : `${place.file}:${place.line}:${place.column}`;

export const techniqueTable = ({ coverage }: RunResult): string =>
  mdTable(
    ['Technique', 'Status', 'Detected'],
    coverage.map(({ technique, name, status, fired, tried, inferential }) => [
      `[${mdText(`${technique} ${name}`)}](techniques/${encodeURIComponent(technique)}.md)`,
      `${status}${inferential ? ' (inferential)' : ''}`,
      `${fired} of ${plural(tried, 'test')}`,
    ]),
  );

const losses = ({ losses }: RunResult): readonly string[] =>
  losses.length === 0
    ? []
    : [
        '## Losses',
        mdTable(
          ['Source', 'Host', 'Kind', 'Count', 'Detail'],
          losses.map(({ source, host, kind, count, detail }) => [
            mdText(source),
            mdText(host ?? ''),
            kind,
            String(count),
            mdText(detail),
          ]),
        ),
      ];
