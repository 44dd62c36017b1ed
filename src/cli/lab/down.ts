import type { Command } from 'commander';
import { endLab } from '../../api/lab/end-labs.ts';
import { chooseLab, findLabs, labsRoot } from '../../api/lab/lab-file.ts';
import { exitCode, type ExitCode } from '../../model/exit-code.ts';
import type { Residue } from '../../model/run-result.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { allDrivers } from '../drivers.ts';

interface Flags {
  readonly all?: boolean;
  readonly json?: boolean;
}

export const addLabDown = (lab: Command, perform: Perform): void => {
  lab
    .command('down')
    .description('end a lab: its hosts, its networks, its evidence unless that is kept elsewhere')
    .argument('[lab]', 'its name; may be left out when only one is up')
    .option('--all', 'every lab of this user')
    .option('--json', 'one JSON document on standard output')
    .action((name: string | undefined, flags: Flags) => perform((context) => takeDown(name, flags, context)));
};

const takeDown = async (name: string | undefined, flags: Flags, context: CommandContext): Promise<ExitCode> => {
  const { env, screen, signal } = context;
  const labs = labsRoot(env);
  const ended: Residue[] = [];
  const left: Residue[] = [];
  for (const file of flags.all === true ? findLabs(labs) : [chooseLab(labs, name)]) {
    const report = await endLab(labs, file, allDrivers(), signal);
    ended.push(...report.ended);
    left.push(...report.left);
    if (flags.json !== true && report.left.length === 0)
      screen.print(`lab ${file.lab} is down, nothing is left of it\n`);
  }
  if (flags.json === true) {
    screen.print(`${JSON.stringify({ schemaVersion: 1, kind: 'lab-down', ended, left }, null, 2)}\n`);
  } else {
    for (const residue of left) screen.print(`left ${residue.kind} ${residue.name}: ${residue.detail}\n`);
  }
  return left.length > 0 ? exitCode.residue : exitCode.ok;
};
