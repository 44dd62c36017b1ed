import type { Command } from 'commander';
import { askLab } from '../../api/lab/ask-lab.ts';
import { chooseLab, findLabs, hasOwner, labsRoot, type LabFile } from '../../api/lab/lab-file.ts';
import type { LabAnswers } from '../../api/lab/protocol.ts';
import { exitCode, worstExitCode, type ExitCode } from '../../model/exit-code.ts';
import { renderTable } from '../../report/table/render-table.ts';
import type { HostStatus } from '../../run/kept-lab.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';

export const addLabStatus = (lab: Command, perform: Perform): void => {
  lab
    .command('status')
    .description(
      'labs that are up: hosts, services, how much each sensor has seen; exit code 3 when something of one died',
    )
    .argument('[lab]', 'its name; all of this user when absent')
    .option('--json', 'one JSON document on standard output')
    .action((name: string | undefined, flags: { readonly json?: boolean }) =>
      perform((context) => show(name, flags.json === true, context)),
    );
};

type Status = LabFile & { readonly health: 'up' | 'starting' | 'dead' } & Partial<LabAnswers['status']>;

const show = async (name: string | undefined, json: boolean, context: CommandContext): Promise<ExitCode> => {
  const { env, screen, signal } = context;
  const labs = labsRoot(env);
  const files = name === undefined ? findLabs(labs) : [chooseLab(labs, name)];
  const statuses = await Promise.all(files.map((file) => statusOf(labs, file, signal)));
  if (json) screen.print(`${JSON.stringify({ schemaVersion: 1, kind: 'labs', labs: statuses }, null, 2)}\n`);
  else if (statuses.length === 0) screen.print('no lab is up; start one: tocsin lab up TOPOLOGY\n');
  else screen.print(statuses.map(render).join('\n'));
  return worstExitCode(statuses.map((status) => (isSick(status) ? exitCode.environment : exitCode.ok)));
};

const statusOf = async (labs: string, file: LabFile, signal: AbortSignal): Promise<Status> => {
  if (!hasOwner(file)) return { ...file, health: 'dead' };
  if (file.state === 'starting') return { ...file, health: 'starting' };
  return { ...file, health: 'up', ...(await askLab(labs, file, { ask: 'status' }, signal).answer) };
};

const isSick = ({ health, hosts = [] }: Status): boolean =>
  health === 'dead' || hosts.some(({ services }) => services.some(({ died }) => died !== null));

const size = (bytes: number): string => (bytes < 10_000 ? `${bytes} B` : `${Math.round(bytes / 1000)} kB`);

const service = ({ name, died }: HostStatus['services'][number]): string =>
  died === null ? name : `${name} (died: ${died})`;

const words = {
  up: 'up, sealed',
  starting: 'starting',
  dead: 'dead: the process that kept it has ended; end what is left of it: tocsin lab down',
} as const;

const render = ({ lab, topology, driver, startedAt, health, hosts, evidence }: Status): string => {
  const head = `${lab}  ${topology}  ${driver}  since ${startedAt}  ${words[health]}\n`;
  if (hosts === undefined) return head;
  const rows = hosts.map((host) => [
    ...[host.name, host.persona, host.zone, host.address, host.user, host.shells.join(', ')],
    host.services.map(service).join(', ') || '–',
    ...[size(host.sensors.trace), size(host.sensors.records), size(host.sensors.packets)],
  ]);
  const columns = ['Host', 'Persona', 'Zone', 'Address', 'User', 'Shells', 'Services', 'Trace', 'Records', 'Packets'];
  return `${head}${renderTable(columns, rows)}evidence: ${evidence}\n`;
};
