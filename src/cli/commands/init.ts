import { randomUUID } from 'node:crypto';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { createScaffold, scenarioIdOf } from '../../api/scaffold/scaffold.ts';
import { writeScaffold } from '../../api/scaffold/write-scaffold.ts';
import { exitCode } from '../../model/exit-code.ts';
import type { Perform } from '../command-line.ts';

/** Schemas are for editors: one line for all of them. */
const summarize = (paths: readonly string[]): readonly string[] => {
  const own = paths.filter((path) => !path.startsWith(schemaFolder));
  return own.length === paths.length ? own : [...own, `${schemaFolder} (editors complete and check by these)`];
};

const schemaFolder = '.tocsin/schemas/';

export const addInit = (program: Command, perform: Perform): void => {
  program
    .command('init')
    .description(
      'write a first drill: atomic, signals, detection, scenario, lab and nightly workflow; overwrites nothing',
    )
    .argument('[folder]', 'the project', '.')
    .option('--technique <id>', 'of ATT&CK', 'T1571')
    .action((folder: string, { technique }: { readonly technique: string }) =>
      perform(async ({ cwd, screen }) => {
        const target = resolve(cwd, folder);
        const files = await createScaffold({ technique, guid: randomUUID() });
        const { created, kept } = await writeScaffold(target, files);
        const scenario = `scenarios/${scenarioIdOf(technique)}.yaml`;
        const detection = created.find((path) => path.endsWith('.kql')) ?? '';
        const where = relative(cwd, target);
        const lines = [
          ...summarize(created).map((path) => `  created  ${path}`),
          ...summarize(kept).map((path) => `  kept     ${path}`),
          '',
          'Next:',
          ...(where === '' ? [] : [`  cd ${where}`]),
          `  tocsin check                          # every problem of every file`,
          `  tocsin run ${scenario} --dry-run  # what would run, and where`,
          `  tocsin run ${scenario}            # drill it: one rule fires, once it does not, and why`,
          `  tocsin explain -f ${detection}`,
        ];
        screen.print(lines.map((line) => `${line}\n`).join(''));
        return exitCode.ok;
      }),
    );
};
