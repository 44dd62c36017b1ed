import { playbookFields, type Playbook, type PlaybookItem } from '../../model/playbook.ts';
import type { Result, RunResult, TechniqueCoverage } from '../../model/run-result.ts';
import type { Blocker, DetectionResult } from '../../model/verdict.ts';
import { plural } from '../../util/plural.ts';
import { describeDetection } from '../findings/findings.ts';
import { mdBlock, mdCode, mdTable, mdText } from './escape.ts';

/** Everything that a run says of one technique. */
export const renderTechniquePage = (run: RunResult, coverage: TechniqueCoverage, results: readonly Result[]): string =>
  `${[
    `# ${mdText(`${coverage.technique} ${coverage.name}`)}`,
    `**${coverage.status}**: ${coverage.fired} of ${plural(coverage.tried, 'test')} detected.`,
    ...(coverage.inferential
      ? ['It happens before a compromise, where no sensor of the victim is: judged by the behavior that stood for it.']
      : []),
    ...(results.length === 0 ? ['A rule claims it; no test of this run tries it.'] : results.flatMap(renderResult)),
    ...renderPlaybook(
      run.playbooks?.find(({ technique }) => technique === coverage.technique),
      results,
    ),
    `[Summary](../summary.md) of run ${mdCode(run.runId)}.`,
  ].join('\n\n')}\n`;

const renderPlaybook = (playbook: Playbook | undefined, results: readonly Result[]): readonly string[] =>
  playbook === undefined
    ? []
    : [
        '## Playbook',
        `From ${mdCode(playbook.file)}. Beside what a detection answers: its verdicts here.`,
        ...playbook.sections.flatMap(({ field, items }) => [
          `### ${playbookFields[field]}`,
          items.map((item) => `- ${mdText(item.text)}${answersOf(item, results)}`).join('\n'),
        ]),
      ];

/** ` \`id\`: fired (vps), missed (no-listener)` for each detection that an item names and the run judged. */
const answersOf = ({ detections }: PlaybookItem, results: readonly Result[]): string =>
  detections
    .flatMap((id) => {
      const verdicts = results.flatMap(({ variant, detections: judged }) =>
        judged.filter((one) => one.id === id).map(({ verdict }) => `${verdict} (${mdText(variant)})`),
      );
      return verdicts.length === 0 ? [] : [` ${mdCode(id)}: ${verdicts.join(', ')}.`];
    })
    .join('');

const renderResult = (result: Result): readonly string[] => [
  `## ${mdText(`${result.variant}: ${result.atomic.name}`)}`,
  ...(result.description === '' ? [] : [mdText(result.description)]),
  mdBlock(result.command),
  executedLine(result),
  ...(result.signals.length === 0 ? [] : [signalTable(result)]),
  ...(result.detections.length === 0 ? [] : [detectionTable(result)]),
  ...result.detections.flatMap(({ id, reason }) => blockerList(id, reason?.blockers ?? [])),
  ...(result.cleanup.verdict === 'clean' ? [] : [`**Left behind**: ${result.cleanup.left.map(mdCode).join(', ')}`]),
  ...(result.marks.length === 0 ? [] : [`Rests on: ${result.marks.join(', ')}.`]),
];

const executedLine = ({ executed, hosts }: Result): string => {
  const on = Object.entries(hosts).map(([role, host]) => `${mdText(role)} ${mdCode(host)}`);
  const said = executed.status === 'executed' ? `exit code ${executed.exitCode ?? 'none'}` : mdText(executed.reason);
  const detail = executed.detail === '' ? '' : `: ${mdText(executed.detail)}`;
  return `${executed.status === 'executed' ? 'Executed' : '**Not run**'} on ${on.join(', ')}, ${said}${detail}.`;
};

const metSign = (met: boolean): string => (met ? 'yes' : '**no**');

const signalTable = ({ signals }: Result): string =>
  mdTable(
    ['Signal', 'Table', 'Verdict', 'As expected', 'Wanted', 'Got'],
    signals.map(({ id, table, verdict, met, want, got }) => [
      mdCode(id),
      mdText(table),
      verdict,
      metSign(met),
      mdText(want),
      mdText(got),
    ]),
  );

const detectionTable = ({ detections }: Result): string =>
  mdTable(
    ['Detection', 'Verdict', 'As expected', 'Start offsets', 'Why'],
    detections.map((detection) => [
      mdCode(detection.id),
      detection.verdict,
      metSign(detection.met),
      phases(detection),
      mdText(describeDetection(detection)),
    ]),
  );

const phases = ({ phases: { fired, tried } }: DetectionResult): string => (tried === 0 ? '' : `${fired} of ${tried}`);

const blockerList = (id: string, blockers: readonly Blocker[]): readonly string[] =>
  blockers.length === 0
    ? []
    : [
        `${mdCode(id)} would fire without ${plural(blockers.length, 'clause')}:`,
        blockers
          .map(
            ({ clause, summary, place }) =>
              `- ${mdCode(clause)} at ${mdCode(`${place.file}:${place.line}`)}: ${mdText(summary)}`,
          )
          .join('\n'),
      ];
