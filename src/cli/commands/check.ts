import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { isError } from '../../model/diagnostic.ts';
import { exitCode } from '../../model/exit-code.ts';
import { checkPath, checkProject, type CheckReport } from '../../api/check/check-content.ts';
import type { FixedFile } from '../../api/check/fix-files.ts';
import { renderDiagnostics } from '../../report/diagnostics/render-diagnostics.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { paintOf } from '../paint-of.ts';
import { plural } from '../../util/plural.ts';

const help = `
Examples:
  tocsin check                       every problem of every file of the project, its queries included
  tocsin check scenarios/beacon.yaml
                                     one scenario, and everything that it names
  tocsin check ../sigma/rules        detections of somebody else: Sigma, Sentinel rules and hunting
                                     queries, Sumo queries, Cloud SIEM rules, told by content
  tocsin check ../atomic-red-team    Atomic Red Team, or another project
  tocsin check --fix                 rewrite what has an equivalent: Splunk's stats and eval in Sumo's
                                     queries; published files stay word for word
  tocsin check --json                one document with every problem, its file, line and column
`;

export const addCheck = (program: Command, perform: Perform): void => {
  program
    .command('check')
    .description('check everything that people wrote, queries included; all problems in one pass; no lab')
    .argument(
      '[what...]',
      'scenarios by id or file, or one folder or file of detections; the whole project when absent',
    )
    .option('--json', 'one JSON document on standard output')
    .option('--fix', 'rewrite what has an equivalent, and check again')
    .addHelpText('after', help)
    .action((what: string[], options: { readonly json?: boolean; readonly fix?: boolean }) =>
      perform(async (context) => {
        const found = await check(what, context);
        const fixed = options.fix === true ? await fix(found, what, context) : [];
        const report = fixed.length === 0 ? found : await check(what, context);
        const { screen } = context;
        if (options.json === true)
          screen.print(
            `${JSON.stringify({ schemaVersion: 1, kind: 'check', ...report, ...(options.fix === true ? { fixed } : {}) }, null, 2)}\n`,
          );
        else {
          screen.note(renderDiagnostics(report.diagnostics, paintOf(screen)));
          screen.print(renderCounts(report));
        }
        return report.diagnostics.some(isError) ? exitCode.usage : exitCode.ok;
      }),
    );
};

const fix = async (
  { diagnostics }: CheckReport,
  what: readonly string[],
  { root, cwd, screen }: CommandContext,
): Promise<readonly FixedFile[]> => {
  // Only this option writes, so only it loads what can.
  // Files of somebody else are called as they stand below the folder of what was named.
  const folders = [cwd, root, ...what.map((path) => dirname(resolve(cwd, path)))];
  const { fixFiles } = await import('../../api/check/fix-files.ts');
  const fixed = await fixFiles(diagnostics, folders);
  for (const { file, fixes } of fixed) screen.note(`fixed ${plural(fixes, 'place')} in ${file}\n`);
  return fixed;
};

const check = (what: readonly string[], { root, cwd }: CommandContext): Promise<CheckReport> => {
  const [only] = what;
  if (only === undefined) return checkProject(root, null);
  // Scenarios stand in the project; anything else that is there is somebody else's.
  const isScenario =
    existsSync(resolve(root, 'scenarios')) && resolve(cwd, only).startsWith(resolve(root, 'scenarios/'));
  return what.length === 1 && !isScenario && existsSync(resolve(cwd, only))
    ? checkPath(only, cwd)
    : checkProject(root, what);
};

const renderCounts = ({ counts, languages, withoutTable, notOpened }: CheckReport): string => {
  const spoken = Object.entries(languages).map(([language, count]) => `${count} ${language}`);
  const all: readonly (readonly [count: number, text: string])[] = [
    [counts.atomics, plural(counts.atomics, 'atomic')],
    [counts.signals, plural(counts.signals, 'signal')],
    [counts.detections, `${plural(counts.detections, 'detection')} (${spoken.join(', ')})`],
    [counts.scenarios, plural(counts.scenarios, 'scenario')],
  ];
  const some = all.filter(([count]) => count > 0).map(([, text]) => text);
  const loaded = some.length === 0 ? ['nothing that we know'] : some;
  const others = Object.entries(notOpened).map(([extension, count]) => `${count} ${extension}`);
  return [
    `${plural(counts.files, 'file')}: ${loaded.join(', ')}; ${counts.filesNotLoaded} not loaded\n`,
    ...(withoutTable.length === 0
      ? []
      : [`${plural(withoutTable.length, 'rule')} of log sources that no table holds: blind in every lab of ours\n`]),
    ...(others.length === 0 ? [] : [`not opened: ${others.join(', ')}\n`]),
  ].join('');
};
