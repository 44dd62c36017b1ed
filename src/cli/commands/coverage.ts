import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { findRunFolder, readRun } from '../../api/find-run.ts';
import { coverageReport, reaches } from '../../judge/coverage-report.ts';
import { exitCode } from '../../model/exit-code.ts';
import type { CoverageReport } from '../../model/coverage-report.ts';
import { renderCoverageMarkdown, renderCoverageTable } from '../../report/coverage/render-coverage.ts';
import type { Perform } from '../command-line.ts';

const formats: Readonly<Record<string, (report: CoverageReport) => string>> = {
  table: renderCoverageTable,
  json: (report) => `${JSON.stringify({ schemaVersion: 1, kind: 'coverage', ...report }, null, 2)}\n`,
  md: renderCoverageMarkdown,
};

interface Flags {
  readonly reports: string;
  readonly format: string;
  readonly json?: boolean;
  readonly min?: number;
}

const parsePercent = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100)) throw new InvalidArgumentError('a percentage, 0 to 100');
  return value;
};

export const addCoverage = (program: Command, perform: Perform): void => {
  program
    .command('coverage')
    .description(
      'what runs observed of each technique and tactic, with denominators; a rule that claims one is not enough',
    )
    .argument('[run...]', 'folders, run.json files or ids; the latest run when absent')
    .option('--reports <folder>', 'where runs are', 'reports')
    .addOption(new Option('--format <format>').choices(Object.keys(formats)).default('table'))
    .option('--json', 'the same as --format json')
    .option('--min <percent>', 'exit code 1 when a smaller share of the tests that ran was detected', parsePercent)
    .action((runs: string[], flags: Flags) =>
      perform(async ({ cwd, screen }) => {
        const reports = resolve(cwd, flags.reports);
        const wanted = runs.length === 0 ? [null] : runs;
        const folders = await Promise.all(wanted.map((run) => findRunFolder(run, cwd, reports)));
        const report = coverageReport(await Promise.all(folders.map(readRun)));
        const render = formats[flags.json === true ? 'json' : flags.format] ?? renderCoverageTable;
        screen.print(render(report));
        if (flags.min === undefined || reaches(report, flags.min)) return exitCode.ok;
        screen.note(`fewer than ${flags.min} % of the tests were detected\n`);
        return exitCode.gap;
      }),
    );
};
