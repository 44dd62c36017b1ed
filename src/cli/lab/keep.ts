import type { Command } from 'commander';
import { chooseDriver } from '../../api/choose-driver.ts';
import { findTopology, keepLab } from '../../api/lab/keep-lab.ts';
import { chooseLab, labsRoot } from '../../api/lab/lab-file.ts';
import type { KeeperMessage } from '../../api/lab/raise-lab.ts';
import { failureOf } from '../../api/lab/serve-lab.ts';
import { exitCode, type ExitCode } from '../../model/exit-code.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { allDrivers } from '../drivers.ts';

/** What `lab up` starts: the process that has the lab. It is nobody's to call, and says what happens to its caller and to its log. */
export const addLabKeep = (lab: Command, perform: Perform): void => {
  lab
    .command('keep', { hidden: true })
    .argument('<lab>')
    .action((name: string) => perform((context) => keep(name, context)));
};

const keep = async (name: string, { env, screen, signal }: CommandContext): Promise<ExitCode> => {
  const tell = (message: KeeperMessage): void => {
    if (process.connected) process.send?.(message);
  };
  const labs = labsRoot(env);
  try {
    const file = chooseLab(labs, name);
    const { driver } = await chooseDriver(allDrivers(), file.driver, signal);
    await keepLab({
      ...{ labs, file, driver, signal },
      topology: await findTopology(file.root, file.topology),
      notice: (text) => {
        screen.note(`${text}\n`);
        tell({ type: 'notice', text });
      },
      onUp: () => tell({ type: 'up' }),
    });
    return exitCode.ok;
  } catch (error) {
    tell(failureOf(error));
    throw error;
  }
};
