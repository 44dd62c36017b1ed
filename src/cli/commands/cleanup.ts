import type { Command } from 'commander';
import { exitCode } from '../../model/exit-code.ts';
import type { Perform } from '../command-line.ts';
import { endLab, forgetLabs } from '../../api/lab/end-labs.ts';
import { findLabs, labsRoot } from '../../api/lab/lab-file.ts';
import { plural } from '../../util/plural.ts';
import { allDrivers } from '../drivers.ts';

export const addCleanup = (program: Command, perform: Perform): void => {
  program
    .command('cleanup')
    .description('end what killed runs left behind: found by label, checked before anything is ended')
    .argument('[run]', 'id of one run; every run whose owner is gone when absent')
    .option('--json', 'one JSON document on standard output')
    .action((run: string | undefined, options: { readonly json?: boolean }) =>
      perform(async ({ screen, signal, env }) => {
        const ended = [];
        const left = [];
        const labs = labsRoot(env);
        // A lab that somebody keeps is ended by its name only, and in order.
        for (const file of findLabs(labs).filter(({ lab }) => lab === run)) {
          const report = await endLab(labs, file, allDrivers(), signal);
          ended.push(...report.ended);
          left.push(...report.left);
        }
        for (const driver of allDrivers()) {
          const report = await driver.cleanup(run ?? null, signal);
          ended.push(...report.ended);
          left.push(...report.left);
        }
        if (run === undefined) ended.push(...forgetLabs(labs));
        if (options.json === true) {
          screen.print(`${JSON.stringify({ schemaVersion: 1, kind: 'cleanup', ended, left }, null, 2)}\n`);
        } else {
          for (const { kind, name, detail } of ended) screen.print(`ended ${kind} ${name}: ${detail}\n`);
          for (const { kind, name, detail } of left) screen.print(`left ${kind} ${name}: ${detail}\n`);
          screen.print(`${plural(ended.length, 'thing')} ended, ${left.length} left\n`);
        }
        return left.length > 0 ? exitCode.residue : exitCode.ok;
      }),
    );
};
