import { resolve } from 'node:path';
import { Argument, type Command } from 'commander';
import { addForeign } from '../../api/add-foreign.ts';
import { loadProject } from '../../api/load-project.ts';
import type { Content } from '../../content/content.ts';
import { isError } from '../../model/diagnostic.ts';
import { exitCode } from '../../model/exit-code.ts';
import { renderTable } from '../../report/table/render-table.ts';
import { plural } from '../../util/plural.ts';
import { addDetectionsOption, type DetectionsFlag } from '../detections-option.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { listAtomics, listDetections, listScenarios, listTechniques } from '../listing/content-listings.ts';
import { filterListing, type ListFilter } from '../listing/filter.ts';
import type { Listing } from '../listing/listing.ts';
import { listRuns } from '../listing/run-listing.ts';

const listings: Readonly<Record<string, (content: Content) => Listing>> = {
  atomics: listAtomics,
  scenarios: listScenarios,
  detections: listDetections,
  techniques: listTechniques,
};

interface Flags extends ListFilter, DetectionsFlag {
  readonly reports: string;
  readonly json?: boolean;
}

export const addList = (program: Command, perform: Perform): void => {
  addDetectionsOption(program.command('list'), 'beside those of the project')
    .description('list what the project has, or what was run')
    .addArgument(new Argument('<what>').choices([...Object.keys(listings), 'runs']))
    .option('--technique <id>', 'of this technique, its sub-techniques or its parent')
    .option('--tactic <tactic>', 'id, name or short name')
    .option('--platform <platform>', 'for example linux, windows, sentinel')
    .option('--grep <text>', 'with this text in any column or in the description')
    .option('--reports <folder>', 'where runs are', 'reports')
    .option('--json', 'one JSON document on standard output')
    .action((what: string, flags: Flags) =>
      perform(async (context) => {
        const { items, head } = filterListing(await load(what, flags, context), flags);
        if (flags.json === true) {
          const document = { schemaVersion: 1, kind: what, items: items.map(({ json }) => json) };
          context.screen.print(`${JSON.stringify(document, null, 2)}\n`);
        } else {
          const rows = items.map(({ cells }) => cells);
          context.screen.print(`${renderTable(head, rows)}${plural(items.length, what.slice(0, -1))}\n`);
        }
        return exitCode.ok;
      }),
    );
};

const load = async (
  what: string,
  { reports, detections }: Flags,
  { root, cwd, screen }: CommandContext,
): Promise<Listing> => {
  const list = listings[what];
  if (list === undefined) return listRuns(resolve(cwd, reports));
  const content = await addForeign(await loadProject(root, null), detections ?? [], cwd);
  const problems = content.diagnostics.filter(isError).length;
  // Never a list that looks whole and is not.
  if (problems > 0) screen.note(`${plural(problems, 'problem')} in the project, see: tocsin check\n`);
  return list(content);
};
