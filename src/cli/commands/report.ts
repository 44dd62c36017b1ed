import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { findRunFolder, readRun } from '../../api/find-run.ts';
import { formatNames, renderReports } from '../../api/write-reports.ts';
import { exitCode } from '../../model/exit-code.ts';
import type { Perform } from '../command-line.ts';

interface Flags {
  readonly format?: readonly string[];
  readonly reports: string;
  readonly output?: string;
}

export const addReport = (program: Command, perform: Perform): void => {
  program
    .command('report')
    .description('render reports of a run again, from its run.json')
    .argument('[run]', 'folder, run.json or id of a run; the latest when absent')
    .addOption(new Option('--format <format...>', 'every format when absent').choices(formatNames))
    .option('--reports <folder>', 'where runs are', 'reports')
    .option('--output <folder>', "gets the reports; the run's own folder when absent")
    .action((run: string | undefined, flags: Flags) =>
      perform(async ({ cwd, screen }) => {
        const folder = await findRunFolder(run ?? null, cwd, resolve(cwd, flags.reports));
        const target = flags.output === undefined ? folder : resolve(cwd, flags.output);
        const files = await renderReports(target, await readRun(folder), flags.format ?? formatNames);
        for (const file of files) screen.print(`${target}/${file}\n`);
        return exitCode.ok;
      }),
    );
};
