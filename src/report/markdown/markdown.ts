import { currentTechnique } from '../../attack/attack.ts';
import type { RunResult } from '../../model/run-result.ts';
import type { ReportFormat } from '../report-format.ts';
import { renderSummary } from './summary.ts';
import { renderTechniquePage } from './technique-page.ts';

/** `summary.md`, and `techniques/<id>.md` for each technique of the run. */
export const renderMarkdown = (run: RunResult): Readonly<Record<string, string>> => {
  const byTechnique = Map.groupBy(run.results, ({ technique }) => currentTechnique(technique)?.id ?? technique);
  return {
    'summary.md': renderSummary(run),
    ...Object.fromEntries(
      run.coverage.map((coverage) => [
        `techniques/${encodeURIComponent(coverage.technique)}.md`,
        renderTechniquePage(run, coverage, byTechnique.get(coverage.technique) ?? []),
      ]),
    ),
  };
};

export const markdownFormat: ReportFormat = { name: 'markdown', render: renderMarkdown };
