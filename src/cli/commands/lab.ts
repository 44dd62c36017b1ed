import type { Command } from 'commander';
import type { Perform } from '../command-line.ts';
import { addLabDown } from '../lab/down.ts';
import { addLabKeep } from '../lab/keep.ts';
import { addLabLogs } from '../lab/logs.ts';
import { addLabShell } from '../lab/shell.ts';
import { addLabStatus } from '../lab/status.ts';
import { addLabUp } from '../lab/up.ts';

const examples = `
A lab stays up until it is taken down, whatever becomes of this terminal. It is sealed as a drill's is, and the same sensors watch it.

Examples:
  tocsin lab up corporate-with-dns           hosts of lab/topologies/corporate-with-dns.yaml
  tocsin lab status                          labs, their hosts, what watches them
  tocsin lab shell win-1                     cmd.exe of a Windows host; --shell powershell for the other
  tocsin lab shell linux-1 -c 'id; uname'    one command
  tocsin lab logs --follow                   what the sensors see, while it happens
  tocsin lab down                            end it, leave nothing
`;

export const addLab = (program: Command, perform: Perform): void => {
  const lab = program
    .command('lab')
    .description('hosts to look at and to type on: bring a topology up, keep it, take it down')
    .addHelpText('after', examples);
  for (const add of [addLabUp, addLabStatus, addLabShell, addLabLogs, addLabDown, addLabKeep]) add(lab, perform);
};
