import type { Command } from 'commander';
import { isError } from '../../model/diagnostic.ts';
import { exitCode } from '../../model/exit-code.ts';
import { loadProject } from '../../api/load-project.ts';
import { renderDiagnostics } from '../../report/diagnostics/render-diagnostics.ts';
import type { Perform } from '../command-line.ts';
import { paintOf } from '../paint-of.ts';
import { plural } from '../../util/plural.ts';

export const addCheck = (program: Command, perform: Perform): void => {
  program
    .command('check')
    .description('check every atomic, signal, detection, topology and scenario; all problems in one pass; no lab')
    .argument('[scenario...]', 'ids or files of scenarios; all of them when absent')
    .option('--json', 'one JSON document on standard output')
    .action((scenarios: string[], options: { readonly json?: boolean }) =>
      perform(async ({ root, screen }) => {
        const content = await loadProject(root, scenarios.length === 0 ? null : scenarios);
        const { counts, diagnostics } = content;
        if (options.json === true) {
          screen.print(`${JSON.stringify({ schemaVersion: 1, kind: 'check', counts, diagnostics }, null, 2)}\n`);
        } else {
          screen.note(renderDiagnostics(diagnostics, paintOf(screen)));
          const loaded = [
            plural(counts.atomics, 'atomic'),
            plural(counts.signals, 'signal'),
            plural(counts.detections, 'detection'),
            plural(counts.scenarios, 'scenario'),
          ];
          screen.print(`${plural(counts.files, 'file')}: ${loaded.join(', ')}; ${counts.filesNotLoaded} not loaded\n`);
        }
        return diagnostics.some(isError) ? exitCode.usage : exitCode.ok;
      }),
    );
};
