import { extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { chooseDriver } from '../../api/choose-driver.ts';
import { findTopology } from '../../api/lab/keep-lab.ts';
import { labFolder, labsRoot } from '../../api/lab/lab-file.ts';
import { startKeeper } from '../../api/lab/raise-lab.ts';
import { prepareMachine, thisMachine } from '../../api/prepare-machine.ts';
import { createRunId } from '../../api/run-id.ts';
import { exitCode, type ExitCode } from '../../model/exit-code.ts';
import { plural } from '../../util/plural.ts';
import { systemClock } from '../../util/clock.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { allDrivers } from '../drivers.ts';

interface Flags {
  readonly driver?: string;
  readonly evidence?: string;
  readonly json?: boolean;
}

export const addLabUp = (lab: Command, perform: Perform): void => {
  lab
    .command('up')
    .description('bring up the hosts of a topology, prove them sealed, and keep them')
    .argument('[topology]', 'name of a topology below lab/topologies; the only one when absent')
    .option('--driver <name>', 'namespace or docker; the best that answers here when absent')
    .option('--evidence <folder>', 'keep the raw evidence here; it goes with the lab when absent')
    .option('--json', 'one JSON document on standard output')
    .action((topology: string | undefined, flags: Flags) => perform((context) => raise(topology, flags, context)));
};

const raise = async (wanted: string | undefined, flags: Flags, context: CommandContext): Promise<ExitCode> => {
  const { root, cwd, env, screen, signal } = context;
  const notice = (text: string): void => screen.note(`${text}\n`);
  const topology = await findTopology(root, wanted);
  await prepareMachine(thisMachine(signal), notice);
  const { driver, considered } = await chooseDriver(allDrivers(), flags.driver ?? null, signal);
  considered.forEach(notice);
  const labs = labsRoot(env);
  const began = systemClock.nowMicros();
  const startedAt = new Date(began / 1000);
  const name = createRunId(startedAt);
  const evidence =
    flags.evidence === undefined ? join(labFolder(labs, name), 'evidence') : resolve(cwd, flags.evidence);
  const file = await startKeeper({
    labs,
    file: {
      lab: name,
      topology: topology.name,
      driver: driver.name,
      startedAt: startedAt.toISOString(),
      evidence,
      root,
    },
    keeper: [process.execPath, join(import.meta.dirname, `../main${extname(import.meta.filename)}`), 'lab', 'keep'],
    ...{ cwd, signal, notice },
  });
  const hosts = topology.hosts.map((host) => host.name);
  if (flags.json === true) {
    screen.print(
      `${JSON.stringify({ schemaVersion: 1, kind: 'lab', lab: name, topology: file.topology, driver: file.driver, evidence, hosts }, null, 2)}\n`,
    );
  } else {
    const seconds = ((systemClock.nowMicros() - began) / 1_000_000).toFixed(1);
    screen.print(
      `lab ${name} is up: ${plural(hosts.length, 'host')} of ${file.topology}, sealed (${seconds} s, ${file.driver})\n`,
    );
    screen.print(`  ${hosts.join('  ')}\n`);
    screen.note(`type on one: tocsin lab shell ${hosts[0] ?? 'HOST'}    end it: tocsin lab down\n`);
  }
  return exitCode.ok;
};
