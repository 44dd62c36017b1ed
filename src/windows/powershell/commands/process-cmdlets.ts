import { imageName, type ProcessTable, type WindowsProcess } from '../../os/processes.ts';
import { createException } from '../engine/error-record.ts';
import { wildcardPattern } from '../operators/patterns.ts';
import { asList } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { DateTime, PsObject, type Value } from '../values/value.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';

const nameOf = (process: WindowsProcess): string => imageName(process).replace(/\.exe$/i, '');

/** A System.Diagnostics.Process. */
export const processObject = (process: WindowsProcess, processes: ProcessTable): PsObject =>
  new PsObject(
    ['System.Diagnostics.Process', 'System.ComponentModel.Component'],
    [
      ['Id', process.id],
      ['ProcessName', nameOf(process)],
      ['Name', nameOf(process)],
      ['Path', process.image],
      ['StartTime', new DateTime(process.startedAt)],
      ['WorkingSet', process.workingSet],
      ['WS', process.workingSet],
      ['HasExited', false],
      ['Responding', true],
    ],
    {
      text: `System.Diagnostics.Process (${nameOf(process)})`,
      methods: {
        kill: () => {
          processes.kill(process.id);
          return null;
        },
        refresh: () => null,
      },
      missing: [
        'Handles',
        'CPU',
        'SI',
        'Modules',
        'Threads',
        'MainModule',
        'Company',
        'MainWindowTitle',
        'Handle',
        'NPM',
        'PM',
      ],
    },
  );

const numbers = (value: Value | undefined): number[] =>
  asList(value ?? null).map((item) => Number(coerceNumber(item)?.value ?? NaN));

const missing = (by: 'id' | 'name', wanted: string, context: CmdletContext): Promise<void> =>
  context.writeError({
    exception: createException(
      'Microsoft.PowerShell.Commands.ProcessCommandException',
      by === 'id'
        ? `Cannot find a process with the process identifier ${wanted}.`
        : `Cannot find a process with the name "${wanted}". Verify the process name and call the cmdlet again.`,
    ),
    category: 'ObjectNotFound',
    target: { text: wanted, type: by === 'id' ? 'Int32' : 'String' },
    id: `${by === 'id' ? 'NoProcessFoundForGivenId' : 'NoProcessFoundForGivenName'},Microsoft.PowerShell.Commands.${context.name}`,
  });

/** What `-Id`, `-Name` or objects of the pipeline name; what is not there is reported. */
const named = async (context: CmdletContext, input: Value | undefined, all: boolean): Promise<WindowsProcess[]> => {
  const processes = context.frame.session.machine.processes.list();
  const objects = asList(context.argument('InputObject') ?? (input instanceof PsObject ? input : null));
  const ids = [
    ...numbers(context.argument('Id')),
    ...objects.flatMap((item) => (item instanceof PsObject ? numbers(item.get('Id')) : [])),
  ];
  const names = asList(context.argument('Name') ?? (typeof input === 'string' ? input : null)).map(toText);
  if (ids.length === 0 && names.length === 0) return all ? [...processes] : [];
  const found: WindowsProcess[] = [];
  for (const id of ids) {
    const match = processes.find((process) => process.id === id);
    if (match === undefined) await missing('id', String(id), context);
    else found.push(match);
  }
  for (const name of names) {
    const pattern = wildcardPattern(name, false);
    const matches = processes.filter((process) => pattern.test(nameOf(process)));
    if (matches.length === 0 && !/[*?]/.test(name)) await missing('name', name, context);
    found.push(...matches);
  }
  return found;
};

const getProcess: Cmdlet = {
  name: 'Get-Process',
  parameters: [
    { name: 'Name', aliases: ['ProcessName'], position: 0 },
    { name: 'Id', aliases: ['PID'] },
    { name: 'InputObject' },
    ...['ComputerName', 'Module', 'FileVersionInfo', 'IncludeUserName'].map((name) => ({ name, unsupported: true })),
  ],
  start: (context) => ({
    process: async (input) => {
      const { processes } = context.frame.session.machine;
      for (const process of await named(context, input, true)) await context.output(processObject(process, processes));
    },
  }),
};

const stopProcess: Cmdlet = {
  name: 'Stop-Process',
  parameters: [
    { name: 'Id', position: 0 },
    { name: 'Name', aliases: ['ProcessName'] },
    { name: 'InputObject' },
    { name: 'Force', isSwitch: true },
    { name: 'PassThru', isSwitch: true },
    { name: 'Confirm', isSwitch: true },
  ],
  start: (context) => ({
    process: async (input) => {
      const { processes } = context.frame.session.machine;
      for (const process of await named(context, input, false)) {
        processes.kill(process.id);
        if (context.has('PassThru')) await context.output(processObject(process, processes));
      }
    },
  }),
};

export const processCmdlets: readonly Cmdlet[] = [getProcess, stopProcess];
