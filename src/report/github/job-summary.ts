import type { RunResult } from '../../model/run-result.ts';
import { plural } from '../../util/plural.ts';
import { renderSummary } from '../markdown/summary.ts';

/** GitHub refuses a step's summary above 1 MiB as a whole; several runs may share one. */
const mostBytes = 256 * 1024;

/** The run for `$GITHUB_STEP_SUMMARY`. Its technique table has no links: the pages are not there. */
export const renderJobSummary = (run: RunResult): string => {
  const summary = renderSummary(run).replace(/^(\| )\[(.*)\]\(techniques\/[^)]*\)( \| )/gm, '$1$2$3');
  const [before = '', techniques] = summary.split('\n## Techniques\n');
  if (techniques === undefined) return bounded(summary);
  const title = plural(run.coverage.length, 'technique');
  return bounded(`${before}\n<details><summary>${title}</summary>\n${techniques}\n</details>\n\n`);
};

/** Cut at the end of a line, and it says so. */
const bounded = (text: string): string => {
  const bytes = Buffer.from(text);
  if (bytes.length <= mostBytes) return text;
  const kept = bytes.subarray(0, bytes.lastIndexOf('\n', mostBytes)).toString('utf8');
  return `${kept}\n\nCut here: the whole summary is in the run's summary.md.\n\n`;
};
