import type { CoverageReport } from '../../model/coverage-report.ts';
import { plural } from '../../util/plural.ts';
import { mdTable, mdText } from '../markdown/escape.ts';
import { renderTable } from '../table/render-table.ts';

const techniqueHead = ['Technique', 'Name', 'Status', 'Detected'];
const tacticHead = ['Tactic', 'Name', 'Techniques', 'Tests'];

const techniqueRows = ({ techniques }: CoverageReport): readonly (readonly string[])[] =>
  techniques.map(({ technique, name, status, fired, tried, inferential }) => [
    technique,
    name,
    `${status}${inferential ? ' (inferential)' : ''}`,
    `${fired} of ${plural(tried, 'test')}`,
  ]);

const tacticRows = ({ tactics }: CoverageReport): readonly (readonly string[])[] =>
  tactics.map(({ tactic, name, techniques, tests }) => [
    tactic,
    name,
    `${techniques.detected} of ${techniques.tried} detected`,
    `${tests.detected} of ${tests.tried} detected`,
  ]);

const lastLine = ({ tests, runs, attack }: CoverageReport): string =>
  `${tests.detected} of ${plural(tests.tried, 'test')} detected, in ${plural(runs.length, 'run')}, ATT&CK v${attack}`;

export const renderCoverageTable = (report: CoverageReport): string =>
  [
    renderTable(tacticHead, tacticRows(report)),
    renderTable(techniqueHead, techniqueRows(report)),
    `${lastLine(report)}\n`,
  ].join('\n');

export const renderCoverageMarkdown = (report: CoverageReport): string =>
  [
    '# Coverage',
    `${mdText(lastLine(report))}.`,
    mdTable(
      tacticHead,
      tacticRows(report).map((row) => row.map(mdText)),
    ),
    mdTable(
      techniqueHead,
      techniqueRows(report).map((row) => row.map(mdText)),
    ),
    '',
  ].join('\n\n');
