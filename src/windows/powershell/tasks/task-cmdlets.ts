import { NotImplemented } from '../../os/not-implemented.ts';
import { defaultSettings, type TaskDefinition } from '../../tasks/definition.ts';
import { renderLocalTime } from '../../tasks/local-time.ts';
import { parseTask } from '../../tasks/parse-task.ts';
import type { SchedulerAnswer } from '../../tasks/client.ts';
import { results, type SchedulerRequest, type TaskInfo } from '../../tasks/protocol.ts';
import { renderTask } from '../../tasks/render-task.ts';
import { failureText } from '../../schtasks/failures.ts';
import { createException } from '../engine/error-record.ts';
import { wildcardPattern } from '../operators/patterns.ts';
import type { Cmdlet, CmdletContext, CmdletFailure } from '../commands/cmdlet.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { DateTime, PsObject, type Value } from '../values/value.ts';
import { newTaskCmdlets, principalFor, textArgument } from './new-cmdlets.ts';
import { actionsOf, cimObject, definitionOf, principalOf, settingsOf, taskObject, triggersOf } from './objects.ts';

const className = 'PS_ScheduledTask';

/** What the service refused, as CIM cmdlets say it. */
const cimFailure = (context: CmdletContext, code: number, detail: string): CmdletFailure => ({
  exception: createException(
    'Microsoft.Management.Infrastructure.CimException',
    `${detail === '' ? failureText(code) : `The task XML is malformed.\r\n${detail}`}\r\n`,
  ),
  category:
    code === results.alreadyExists
      ? 'ResourceExists'
      : code === results.fileNotFound
        ? 'ObjectNotFound'
        : 'NotSpecified',
  target: { text: className, type: `Root/Microsoft/...S_ScheduledTask` },
  id: `HRESULT 0x${code.toString(16)},${cmdletName(context)}`,
});

const cmdletName = ({ name }: CmdletContext): string =>
  name.replace(/Command$/, '').replace(/^([A-Z][a-z]+)(?=ScheduledTask)/, '$1-');

const notFound = (context: CmdletContext, name: string): CmdletFailure => ({
  exception: createException(
    'Microsoft.PowerShell.Cmdletization.Cim.CimJobException',
    `No MSFT_ScheduledTask objects found with property 'TaskName' equal to '${name}'.  Verify the value of the property and retry.`,
  ),
  category: 'ObjectNotFound',
  target: { text: name, type: 'String' },
  id: `CmdletizationQuery_NotFound_TaskName,${cmdletName(context)}`,
});

const ask = async (context: CmdletContext, request: SchedulerRequest): Promise<readonly TaskInfo[]> => {
  const answer: SchedulerAnswer = await context.frame.session.machine.scheduler()(request);
  return answer.ok ? answer.tasks : context.terminate(cimFailure(context, answer.code, answer.detail));
};

const userOf = ({ frame }: CmdletContext): string => {
  const { environment } = frame.session.machine;
  return `${environment.get('USERDOMAIN') ?? ''}\\${environment.get('USERNAME') ?? ''}`;
};

const pathOf = (context: CmdletContext): string => {
  const folder = (textArgument(context, 'TaskPath') ?? '\\').replace(/^\\?/, '\\').replace(/\\?$/, '\\');
  return `${folder}${(textArgument(context, 'TaskName') ?? '').replace(/^\\/, '')}`;
};

const shown = (task: TaskInfo): PsObject => taskObject(parseTask(task.xml), task);

const described = (context: CmdletContext, input: Value | undefined): TaskDefinition => {
  const given = context.argument('InputObject') ?? (input instanceof PsObject ? input : undefined);
  const principal = context.argument('Principal');
  const user = textArgument(context, 'User');
  const runLevel = /^highest/i.test(textArgument(context, 'RunLevel') ?? '') ? 'HighestAvailable' : 'LeastPrivilege';
  const before: TaskDefinition =
    given === undefined
      ? {
          registration: { description: textArgument(context, 'Description') },
          triggers: triggersOf(context.argument('Trigger') ?? []),
          principal:
            principal === undefined
              ? principalFor(user ?? userOf(context), runLevel, context.has('Password'))
              : principalOf(principal),
          settings: context.has('Settings') ? settingsOf(context.argument('Settings') ?? null) : defaultSettings,
          actions: actionsOf(context.argument('Action') ?? []),
        }
      : definitionOf(given);
  const { now } = context.frame.session.machine;
  return {
    ...before,
    registration: {
      date: renderLocalTime(now()),
      author: userOf(context),
      ...before.registration,
      uri: pathOf(context),
    },
  };
};

const register: Cmdlet = {
  name: 'Register-ScheduledTask',
  parameters: [
    ...['TaskName', 'TaskPath', 'Action', 'Trigger', 'Settings', 'User', 'Password', 'RunLevel', 'Description'].map(
      (name, position) => ({ name, position }),
    ),
    ...['Xml', 'InputObject', 'Principal'].map((name) => ({ name })),
    { name: 'Force', isSwitch: true },
    ...['CimSession', 'ThrottleLimit', 'AsJob'].map((name) => ({ name, unsupported: true })),
  ],
  start: (context) => ({
    process: async (input) => {
      const xml = textArgument(context, 'Xml') ?? renderTask(described(context, input));
      const mode = context.has('Force') ? 'create-or-update' : 'create';
      for (const task of await ask(context, { operation: 'register', path: pathOf(context), xml, mode }))
        await context.output(shown(task));
    },
  }),
};

/** The tasks that a name, a pattern or task objects mean; a name without a task is an error. */
const selected = async (context: CmdletContext, input: Value | undefined): Promise<readonly TaskInfo[]> => {
  const all = await ask(context, { operation: 'list' });
  const given = context.argument('InputObject') ?? (input instanceof PsObject ? input : undefined);
  if (given !== undefined) {
    const wanted = asList(given).map((one) => (one instanceof PsObject ? toText(one.get('URI')).toLowerCase() : ''));
    return all.filter(({ path }) => wanted.includes(path.toLowerCase()));
  }
  const names = asList(context.argument('TaskName') ?? null).map(toText);
  const folder = textArgument(context, 'TaskPath');
  const inFolder = all.filter(
    ({ path }) =>
      folder === undefined || wildcardPattern(folder, false).test(path.slice(0, path.lastIndexOf('\\') + 1)),
  );
  if (names.length === 0) return inFolder;
  const found: TaskInfo[] = [];
  for (const name of names) {
    const pattern = wildcardPattern(name.replace(/^\\/, ''), false);
    const matching = inFolder.filter(({ path }) => pattern.test(path.slice(path.lastIndexOf('\\') + 1)));
    if (matching.length === 0 && !/[*?[]/.test(name)) await context.writeError(notFound(context, name));
    found.push(...matching);
  }
  return found;
};

const onTasks = (name: string, act: (context: CmdletContext, task: TaskInfo) => Promise<void>): Cmdlet => ({
  name,
  parameters: [
    { name: 'TaskName', position: 0 },
    { name: 'TaskPath', position: 1 },
    { name: 'InputObject' },
    { name: 'Confirm', isSwitch: true },
    { name: 'PassThru', isSwitch: true },
    ...['CimSession', 'ThrottleLimit', 'AsJob', 'WhatIf'].map((one) => ({ name: one, unsupported: true })),
  ],
  start: (context) => ({
    process: async (input) => {
      for (const task of await selected(context, input)) await act(context, task);
    },
  }),
});

const simple = (name: string, operation: 'delete' | 'run' | 'end'): Cmdlet =>
  onTasks(name, async (context, { path }) => void (await ask(context, { operation, path })));

const unregister = onTasks('Unregister-ScheduledTask', async (context, { path }) => {
  if (context.argument('Confirm') !== false)
    throw new NotImplemented('Unregister-ScheduledTask without -Confirm:$false: it asks at the console');
  await ask(context, { operation: 'delete', path });
});

const toggle = (name: string, enabled: boolean): Cmdlet =>
  onTasks(name, async (context, { path }) => {
    for (const task of await ask(context, { operation: 'enable', path, enabled })) await context.output(shown(task));
  });

const info = onTasks('Get-ScheduledTaskInfo', async (context, task) => {
  const cut = task.path.lastIndexOf('\\') + 1;
  const time = (milliseconds: number | null): Value => (milliseconds === null ? null : new DateTime(milliseconds));
  await context.output(
    cimObject('MSFT_TaskDynamicInfo', [
      ['LastRunTime', time(task.lastRun)],
      ['LastTaskResult', task.lastResult],
      ['NextRunTime', time(task.nextRun)],
      ['NumberOfMissedRuns', task.missedRuns],
      ['TaskName', task.path.slice(cut)],
      ['TaskPath', task.path.slice(0, cut)],
      ['PSComputerName', null],
    ]),
  );
});

export const taskCmdlets: readonly Cmdlet[] = [
  ...newTaskCmdlets,
  register,
  onTasks('Get-ScheduledTask', async (context, task) => void (await context.output(shown(task)))),
  info,
  onTasks('Export-ScheduledTask', async (context, task) => void (await context.output(task.xml))),
  simple('Start-ScheduledTask', 'run'),
  simple('Stop-ScheduledTask', 'end'),
  unregister,
  toggle('Enable-ScheduledTask', true),
  toggle('Disable-ScheduledTask', false),
];
