import { resolve } from 'node:path';
import { Argument, type Command } from 'commander';
import { addForeign } from '../../api/add-foreign.ts';
import { loadProject } from '../../api/load-project.ts';
import type { Content } from '../../content/content.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { suggestionHint } from '../../util/suggest.ts';
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
import { readStatuses, statusWords } from '../listing/statuses.ts';
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
    .option('--status <status>', 'what the latest run that tells said: fired, missed, detected, untested …')
    .option('--language <language>', 'of detections: kql, sumo, sigma, cloud-siem')
    .option('--severity <severity>', 'of detections')
    .option('--executor <executor>', 'of atomics: sh, bash, powershell, command_prompt, manual')
    .option('--grep <text>', 'with this text in any column or in the description')
    .option('--reports <folder>', 'where runs are', 'reports')
    .option('--json', 'one JSON document on standard output')
    .action((what: string, flags: Flags) =>
      perform(async (context) => {
        const listing = await withStatuses(what, await load(what, flags, context), flags, context);
        const { items, head } = filterListing(listing, flags);
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

/** One more column, where somebody asks for it: runs have to be read for it. */
const withStatuses = async (
  what: string,
  listing: Listing,
  { status, reports }: Flags,
  { cwd }: CommandContext,
): Promise<Listing> => {
  if (status === undefined) return listing;
  const words = statusWords[what] ?? [];
  if (!words.includes(status.toLowerCase()))
    throw new HarnessError(`${what} have no status ${JSON.stringify(status)}`, {
      code: 'list/no-status',
      exitCode: exitCode.usage,
      hint: suggestionHint(status, words) ?? words.join(', '),
    });
  const statuses = await readStatuses(resolve(cwd, reports));
  const items = listing.items.map((item) => {
    const { id } = item.json;
    const said = statuses.of(what, typeof id === 'string' ? id : '');
    return { ...item, cells: [...item.cells, said.join(', ')], statuses: said, json: { ...item.json, status: said } };
  });
  return { head: [...listing.head, 'Status'], items };
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
