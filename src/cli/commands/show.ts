import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Command } from 'commander';
import { addForeign } from '../../api/add-foreign.ts';
import { loadProject } from '../../api/load-project.ts';
import { exitCode } from '../../model/exit-code.ts';
import { addDetectionsOption, type DetectionsFlag } from '../detections-option.ts';
import type { Perform } from '../command-line.ts';
import { findShown } from '../showing/find-shown.ts';

interface Flags extends DetectionsFlag {
  readonly reports: string;
  readonly json?: boolean;
}

export const addShow = (program: Command, perform: Perform): void => {
  addDetectionsOption(program.command('show'), 'beside those of the project')
    .description('one test, technique, detection, scenario or run in full')
    .argument('<id>', 'T1571-1 or a GUID, T1571, or the id of a detection, scenario or run')
    .option('--reports <folder>', 'where runs are', 'reports')
    .option('--json', 'one JSON document on standard output')
    .action((id: string, flags: Flags) =>
      perform(async ({ root, cwd, screen }) => {
        const content = await addForeign(await loadProject(root, null), flags.detections ?? [], cwd);
        const { kind, lines, json } = await findShown(id, content, resolve(cwd, flags.reports));
        if (flags.json === true) {
          screen.print(`${JSON.stringify({ schemaVersion: 1, kind, ...json }, null, 2)}\n`);
        } else screen.print(`${stripVTControlCharacters(lines.join('\n'))}\n`);
        return exitCode.ok;
      }),
    );
};
