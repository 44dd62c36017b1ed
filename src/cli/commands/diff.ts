import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { openBaseline } from '../../api/baseline-file.ts';
import { compareBaselines } from '../../judge/comparison/compare.ts';
import { exitCode } from '../../model/exit-code.ts';
import { renderComparison } from '../../report/comparison/render-comparison.ts';
import { renderComparisonHtml } from '../../report/comparison/render-comparison-html.ts';
import type { Perform } from '../command-line.ts';

interface Flags {
  readonly reports: string;
  readonly json?: boolean;
  readonly html?: string;
}

export const addDiff = (program: Command, perform: Perform): void => {
  program
    .command('diff')
    .description('what changed between two runs, and what may have caused it; exit code 1 when anything got worse')
    .argument('<base>', 'a run (folder, run.json or id), or a baseline file')
    .argument('<new>', 'the same, newer')
    .option('--reports <folder>', 'where runs are', 'reports')
    .option('--html <file>', 'write the comparison as a page, too')
    .option('--json', 'one JSON document on standard output')
    .action((base: string, now: string, flags: Flags) =>
      perform(async ({ cwd, screen }) => {
        const reports = resolve(cwd, flags.reports);
        const [before, after] = [await openBaseline(base, cwd, reports), await openBaseline(now, cwd, reports)];
        const comparison = compareBaselines(before, after);
        if (flags.html !== undefined) {
          const file = resolve(cwd, flags.html);
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, renderComparisonHtml(comparison, { base, now }));
          screen.note(`${flags.html}\n`);
        }
        if (flags.json === true) {
          screen.print(`${JSON.stringify({ schemaVersion: 1, kind: 'diff', ...comparison }, null, 2)}\n`);
        } else screen.print(renderComparison(comparison));
        return comparison.regressions > 0 ? exitCode.gap : exitCode.ok;
      }),
    );
};
