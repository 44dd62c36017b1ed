import type { RunResult, TechniqueCoverage } from '../../model/run-result.ts';
import type { ReportFormat } from '../report-format.ts';
import { detectionCell, visibilityCell, type Cell } from './cells.ts';
import { createLayer, type LegendItem } from './layer.ts';

/** Two layers of one file, as ATT&CK Navigator opens it: what is seen, and what is detected. Layer format 4.5. */
export const renderNavigator = (run: RunResult): string =>
  `${JSON.stringify([visibilityLayer(run), detectionLayer(run)], null, 2)}\n`;

export const navigatorFormat: ReportFormat = {
  name: 'navigator',
  render: (run) => ({ 'navigator.json': renderNavigator(run) }),
};

const visibilityLayer = (run: RunResult) =>
  layer(run, 'visibility', 'share of the tests that left a signal', (coverage) => visibilityCell(run, coverage), [
    { label: 'seen in every test', color: '#2f81b7' },
    { label: 'seen in some', color: '#9cc9e3' },
    { label: 'never seen', color: '#8c8c8c' },
    { label: 'not tested', color: '#e6e6e6' },
  ]);

const detectionLayer = (run: RunResult) =>
  layer(run, 'detection', 'share of the tests that were detected', detectionCell, [
    { label: 'detected', color: '#2e9e5b' },
    { label: 'partial', color: '#b5d99c' },
    { label: 'telemetry only', color: '#f2c14e' },
    { label: 'noisy', color: '#c77dbb' },
    { label: 'blind', color: '#8c8c8c' },
    { label: 'not tested', color: '#e6e6e6' },
  ]);

const layer = (
  run: RunResult,
  kind: string,
  what: string,
  cellOf: (coverage: TechniqueCoverage) => Cell,
  legendItems: readonly LegendItem[],
) =>
  createLayer({
    name: `${run.scenario.id}: ${kind}`,
    attack: run.attack.version,
    description: `${what}, in run ${run.runId}.`,
    techniques: run.coverage.map((coverage) => cellTechnique(coverage, cellOf(coverage))),
    gradient: { colors: ['#f2f2f2', '#2e9e5b'], minValue: 0, maxValue: 100 },
    legendItems,
    metadata: [
      { name: 'run', value: run.runId },
      { name: 'scenario', value: run.scenario.name },
      { name: 'finished', value: run.finishedAt },
    ],
  });

/** Without `tactic`, so that it shows under every tactic that any version of the matrix puts it in. */
const cellTechnique = ({ technique, status, fired, tried, inferential }: TechniqueCoverage, cell: Cell) => ({
  techniqueID: technique,
  ...(cell.score === null ? {} : { score: cell.score }),
  color: cell.color,
  comment: cell.comment,
  enabled: true,
  metadata: [
    { name: 'status', value: status },
    { name: 'detected', value: `${fired} of ${tried} tests` },
    ...(inferential ? [{ name: 'inferential', value: 'judged by the behavior that stood for it' }] : []),
  ],
  links: [],
  showSubtechniques: true,
});
