import { RuntimeFailure } from '../engine/error-record.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { PsObject, type Value } from '../values/value.ts';
import type { ExecAction, Principal, Settings, TaskDefinition, Trigger } from '../../tasks/definition.ts';
import { defaultSettings } from '../../tasks/definition.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { type Weekday, weekdays } from '../../../util/calendar.ts';

const cim = 'Microsoft.Management.Infrastructure.CimInstance';

/** An object of the Task Scheduler's CIM classes: `MSFT_TaskExecAction` … */
export const cimObject = (name: string, properties: Iterable<readonly [string, Value]>): PsObject =>
  new PsObject([`${cim}#Root/Microsoft/Windows/TaskScheduler/${name}`, cim], properties, { text: name });

const textOr = (value: Value): string | undefined =>
  value === null || toText(value) === '' ? undefined : toText(value);

const isOf = (value: Value, name: string): value is PsObject =>
  value instanceof PsObject && value.typeNames.some((type) => type.endsWith(`/${name}`));

const wrongType = (parameter: string, value: Value): never => {
  throw new RuntimeFailure(
    'CannotConvertArgument',
    `Cannot bind argument to parameter '${parameter}'. Cannot convert the value "${toText(value)}" to type "${cim}".`,
    { category: 'InvalidArgument', type: 'System.Management.Automation.ParameterBindingException' },
  );
};

export const actionObject = ({ command, arguments: args, workingDirectory }: ExecAction): PsObject =>
  cimObject('MSFT_TaskExecAction', [
    ['Id', null],
    ['Arguments', args ?? null],
    ['Execute', command],
    ['WorkingDirectory', workingDirectory ?? null],
    ['PSComputerName', null],
  ]);

export const actionsOf = (value: Value): readonly ExecAction[] =>
  asList(value).map((one) => {
    if (!isOf(one, 'MSFT_TaskExecAction')) return wrongType('Action', one);
    return {
      command: toText(one.get('Execute')),
      arguments: textOr(one.get('Arguments')),
      workingDirectory: textOr(one.get('WorkingDirectory')),
    };
  });

const triggerClass = {
  time: 'MSFT_TaskTimeTrigger',
  daily: 'MSFT_TaskDailyTrigger',
  weekly: 'MSFT_TaskWeeklyTrigger',
  logon: 'MSFT_TaskLogonTrigger',
  boot: 'MSFT_TaskBootTrigger',
  registration: 'MSFT_TaskRegistrationTrigger',
  idle: 'MSFT_TaskIdleTrigger',
  monthly: 'MSFT_TaskTrigger',
  event: 'MSFT_TaskEventTrigger',
} as const satisfies Record<Trigger['kind'], string>;

export const triggerObject = (trigger: Trigger): PsObject => {
  const { repetition } = trigger;
  return cimObject(triggerClass[trigger.kind], [
    ['Enabled', trigger.enabled],
    ['EndBoundary', trigger.end ?? null],
    ['ExecutionTimeLimit', null],
    ['Id', null],
    [
      'Repetition',
      cimObject('MSFT_TaskRepetitionPattern', [
        ['Duration', repetition?.duration ?? null],
        ['Interval', repetition?.interval ?? null],
        ['StopAtDurationEnd', repetition?.stopAtEnd ?? false],
      ]),
    ],
    ['StartBoundary', trigger.start ?? null],
    ...(trigger.kind === 'daily' ? ([['DaysInterval', trigger.every]] as const) : []),
    ...(trigger.kind === 'weekly'
      ? ([
          ['DaysOfWeek', trigger.days.reduce((bits, day) => bits | (1 << weekdays.indexOf(day)), 0)],
          ['WeeksInterval', trigger.every],
        ] as const)
      : []),
    ...(trigger.kind === 'logon' ? ([['UserId', trigger.user ?? null]] as const) : []),
    ...(['logon', 'boot', 'registration', 'event'].includes(trigger.kind)
      ? ([['Delay', trigger.delay ?? null]] as const)
      : []),
    ['PSComputerName', null],
  ]);
};

export const triggersOf = (value: Value): readonly Trigger[] => asList(value).map(triggerOf);

const triggerOf = (value: Value): Trigger => {
  if (!(value instanceof PsObject)) return wrongType('Trigger', value);
  const [kind] = Object.entries(triggerClass).find(([, name]) => isOf(value, name)) ?? wrongType('Trigger', value);
  const repetition = value.get('Repetition');
  const interval = repetition instanceof PsObject ? textOr(repetition.get('Interval')) : undefined;
  const base = {
    enabled: value.get('Enabled') !== false,
    start: textOr(value.get('StartBoundary')),
    end: textOr(value.get('EndBoundary')),
    delay: textOr(value.get('Delay')),
    repetition:
      repetition instanceof PsObject && interval !== undefined
        ? {
            interval,
            duration: textOr(repetition.get('Duration')),
            stopAtEnd: repetition.get('StopAtDurationEnd') === true,
          }
        : undefined,
  };
  switch (kind as Trigger['kind']) {
    case 'daily':
      return { ...base, kind: 'daily', every: Number(toText(value.get('DaysInterval'))) };
    case 'weekly': {
      const bits = Number(toText(value.get('DaysOfWeek')));
      const days = weekdays.filter((_day: Weekday, index) => (bits & (1 << index)) !== 0);
      return { ...base, kind: 'weekly', every: Number(toText(value.get('WeeksInterval'))), days };
    }
    case 'logon':
      return { ...base, kind: 'logon', user: textOr(value.get('UserId')) };
    case 'time':
      return { ...base, kind: 'time' };
    case 'boot':
      return { ...base, kind: 'boot' };
    case 'registration':
      return { ...base, kind: 'registration' };
    case 'idle':
      return { ...base, kind: 'idle' };
    case 'monthly':
    case 'event':
      throw new NotImplemented(`a trigger of kind ${kind} in PowerShell`);
  }
};

export const principalObject = ({ userId, groupId, logonType, runLevel }: Principal): PsObject =>
  cimObject('MSFT_TaskPrincipal2', [
    ['DisplayName', null],
    ['GroupId', groupId ?? null],
    ['Id', 'Author'],
    ['LogonType', logonType ?? 'ServiceAccount'],
    ['RunLevel', runLevel === 'HighestAvailable' ? 'Highest' : 'Limited'],
    ['UserId', userId ?? null],
    ['PSComputerName', null],
  ]);

const logonTypes: Readonly<Record<string, string>> = {
  interactive: 'InteractiveToken',
  interactivetoken: 'InteractiveToken',
  password: 'Password',
  s4u: 'S4U',
  interactiveorpassword: 'InteractiveTokenOrPassword',
};

export const principalOf = (value: Value): Principal => {
  if (!isOf(value, 'MSFT_TaskPrincipal2')) return wrongType('Principal', value);
  return {
    userId: textOr(value.get('UserId')),
    groupId: textOr(value.get('GroupId')),
    logonType: logonTypes[toText(value.get('LogonType')).toLowerCase()],
    runLevel: /^highest/i.test(toText(value.get('RunLevel'))) ? 'HighestAvailable' : 'LeastPrivilege',
  };
};

/** Settings under the names of MSFT_TaskSettings3. */
const settingNames = {
  multipleInstances: 'MultipleInstances',
  disallowStartIfOnBatteries: 'DisallowStartIfOnBatteries',
  stopIfGoingOnBatteries: 'StopIfGoingOnBatteries',
  allowHardTerminate: 'AllowHardTerminate',
  startWhenAvailable: 'StartWhenAvailable',
  runOnlyIfNetworkAvailable: 'RunOnlyIfNetworkAvailable',
  allowStartOnDemand: 'AllowDemandStart',
  enabled: 'Enabled',
  hidden: 'Hidden',
  runOnlyIfIdle: 'RunOnlyIfIdle',
  wakeToRun: 'WakeToRun',
  executionTimeLimit: 'ExecutionTimeLimit',
  priority: 'Priority',
} as const satisfies Record<keyof Settings, string>;

export const settingsObject = (settings: Settings): PsObject =>
  cimObject('MSFT_TaskSettings3', [
    ...Object.entries(settingNames).map(([key, name]) => [name, settings[key as keyof Settings]] as const),
    ['PSComputerName', null],
  ]);

export const settingsOf = (value: Value): Settings => {
  if (!isOf(value, 'MSFT_TaskSettings3')) return wrongType('Settings', value);
  const said = Object.entries(settingNames).map(([key, name]) => [key, value.get(name)] as const);
  return { ...defaultSettings, ...(Object.fromEntries(said.filter(([, one]) => one !== null)) as Partial<Settings>) };
};

export const taskObject = (
  definition: TaskDefinition,
  registered: { readonly path: string; readonly state: string } | null,
): PsObject => {
  const cut = registered?.path.lastIndexOf('\\') ?? -1;
  return cimObject('MSFT_ScheduledTask', [
    ['State', registered?.state ?? null],
    ['Actions', definition.actions.map(actionObject)],
    ['Author', definition.registration.author ?? null],
    ['Date', definition.registration.date ?? null],
    ['Description', definition.registration.description ?? null],
    ['Documentation', null],
    ['Principal', principalObject(definition.principal)],
    ['SecurityDescriptor', null],
    ['Settings', settingsObject(definition.settings)],
    ['Source', null],
    ['TaskName', registered?.path.slice(cut + 1) ?? null],
    ['TaskPath', registered?.path.slice(0, cut + 1) ?? null],
    ['Triggers', definition.triggers.map(triggerObject)],
    ['URI', registered?.path ?? null],
    ['Version', null],
    ['PSComputerName', null],
  ]);
};

/** The definition that a task object holds by now: its parts may have been changed. */
export const definitionOf = (value: Value): TaskDefinition => {
  if (!isOf(value, 'MSFT_ScheduledTask')) return wrongType('InputObject', value);
  return {
    registration: {
      date: textOr(value.get('Date')),
      author: textOr(value.get('Author')),
      description: textOr(value.get('Description')),
      uri: textOr(value.get('URI')),
    },
    triggers: triggersOf(value.get('Triggers')),
    principal: principalOf(value.get('Principal')),
    settings: settingsOf(value.get('Settings')),
    actions: actionsOf(value.get('Actions')),
  };
};
