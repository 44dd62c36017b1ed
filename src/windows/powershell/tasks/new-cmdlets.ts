import { NotImplemented } from '../../os/not-implemented.ts';
import { defaultSettings, instancePolicies, type Principal, type Trigger } from '../../tasks/definition.ts';
import { renderDuration } from '../../tasks/duration.ts';
import { renderLocalTime } from '../../tasks/local-time.ts';
import { builtInAccount } from '../../tasks/service/account.ts';
import type { Cmdlet, CmdletContext } from '../commands/cmdlet.ts';
import type { ParameterSpec } from '../commands/binding.ts';
import { asList, convert } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { DateTime, TimeSpan, type Value } from '../values/value.ts';
import {
  actionObject,
  actionsOf,
  principalObject,
  principalOf,
  settingsObject,
  settingsOf,
  taskObject,
  triggerObject,
  triggersOf,
} from './objects.ts';
import { weekdays } from '../../../util/calendar.ts';

const switches = (...names: readonly string[]): ParameterSpec[] => names.map((name) => ({ name, isSwitch: true }));
const unsupported = (...names: readonly string[]): ParameterSpec[] =>
  names.map((name) => ({ name, unsupported: true }));
const remote = unsupported('CimSession', 'ThrottleLimit', 'AsJob');

export const textArgument = (context: CmdletContext, name: string): string | undefined => {
  const value = context.argument(name);
  return value === undefined || value === null ? undefined : toText(value);
};

const spanArgument = (context: CmdletContext, name: string): string | undefined => {
  const value = context.argument(name);
  if (value === undefined || value === null) return undefined;
  const span = value instanceof TimeSpan ? value : (convert(value, 'timespan') as TimeSpan);
  return renderDuration(span.milliseconds);
};

const newAction: Cmdlet = {
  name: 'New-ScheduledTaskAction',
  parameters: [
    { name: 'Execute', position: 0 },
    { name: 'Argument', position: 1 },
    { name: 'WorkingDirectory', position: 2 },
    { name: 'Id' },
    ...remote,
  ],
  start: (context) => ({
    process: async () => {
      await context.output(
        actionObject({
          command: textArgument(context, 'Execute') ?? '',
          arguments: textArgument(context, 'Argument'),
          workingDirectory: textArgument(context, 'WorkingDirectory'),
        }),
      );
    },
  }),
};

/** `3am`, `9:15 PM`, `21:30`: a time of today. */
const timeOfToday = (text: string, now: number): DateTime | null => {
  const [, hours, minutes = '0', seconds = '0', half] =
    /^(\d{1,2})(?::(\d\d))?(?::(\d\d))?\s*([ap]m)?$/i.exec(text.trim()) ?? [];
  // A number alone is no time.
  if (hours === undefined || (half === undefined && !text.includes(':'))) return null;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/^p/i.test(half) ? 12 : 0);
  const date = new Date(now);
  date.setHours(hour, Number(minutes), Number(seconds), 0);
  return new DateTime(date.getTime());
};

const startOf = (context: CmdletContext): string | undefined => {
  const at = context.argument('At');
  if (at === undefined) return undefined;
  const date =
    (typeof at === 'string' ? timeOfToday(at, context.frame.session.machine.now()) : null) ??
    (convert(at, 'datetime') as DateTime);
  return renderLocalTime(date.milliseconds);
};

const daysOf = (value: Value): Extract<Trigger, { kind: 'weekly' }>['days'] => {
  const wanted = asList(value).map((day) => toText(day).toLowerCase());
  return weekdays.filter((day, index) => wanted.includes(day.toLowerCase()) || wanted.includes(String(index)));
};

const countArgument = (context: CmdletContext, name: string): number => Number(textArgument(context, name) ?? 1);

const buildTrigger = (context: CmdletContext): Trigger => {
  const interval = spanArgument(context, 'RepetitionInterval');
  const base = {
    enabled: true,
    start: startOf(context),
    repetition:
      interval === undefined
        ? undefined
        : { interval, duration: spanArgument(context, 'RepetitionDuration'), stopAtEnd: false },
  };
  if (context.has('AtLogOn')) return { ...base, kind: 'logon', user: textArgument(context, 'User') };
  if (context.has('AtStartup')) return { ...base, kind: 'boot' };
  if (context.has('Daily')) return { ...base, kind: 'daily', every: countArgument(context, 'DaysInterval') };
  if (context.has('Weekly')) {
    const days = daysOf(context.argument('DaysOfWeek') ?? null);
    return { ...base, kind: 'weekly', every: countArgument(context, 'WeeksInterval'), days };
  }
  if (context.has('Once')) return { ...base, kind: 'time' };
  throw new NotImplemented('New-ScheduledTaskTrigger without a kind: it asks at the console');
};

const newTrigger: Cmdlet = {
  name: 'New-ScheduledTaskTrigger',
  parameters: [
    ...switches('Once', 'Daily', 'Weekly', 'AtLogOn', 'AtStartup'),
    ...['At', 'DaysInterval', 'DaysOfWeek', 'WeeksInterval', 'User', 'RepetitionInterval', 'RepetitionDuration'].map(
      (name) => ({ name }),
    ),
    ...unsupported('RandomDelay'),
    ...remote,
  ],
  start: (context) => ({ process: async () => void (await context.output(triggerObject(buildTrigger(context)))) }),
};

const newPrincipal: Cmdlet = {
  name: 'New-ScheduledTaskPrincipal',
  parameters: [
    { name: 'UserId', position: 0 },
    { name: 'LogonType', position: 1 },
    { name: 'RunLevel', position: 2 },
    { name: 'GroupId' },
    { name: 'Id' },
    ...unsupported('ProcessTokenSidType', 'RequiredPrivilege'),
    ...remote,
  ],
  start: (context) => ({
    process: async () => {
      const principal: Principal = {
        userId: textArgument(context, 'UserId'),
        groupId: textArgument(context, 'GroupId'),
        logonType: textArgument(context, 'LogonType') ?? 'Interactive',
        runLevel: /^highest/i.test(textArgument(context, 'RunLevel') ?? '') ? 'HighestAvailable' : 'LeastPrivilege',
      };
      await context.output(principalObject(principal));
    },
  }),
};

const newSettings: Cmdlet = {
  name: 'New-ScheduledTaskSettingsSet',
  parameters: [
    ...switches(
      'DisallowDemandStart',
      'DisallowHardTerminate',
      'AllowStartIfOnBatteries',
      'Disable',
      'Hidden',
      'RunOnlyIfIdle',
    ),
    ...switches(
      'StartWhenAvailable',
      'DontStopIfGoingOnBatteries',
      'WakeToRun',
      'RunOnlyIfNetworkAvailable',
      'DontStopOnIdleEnd',
    ),
    ...['ExecutionTimeLimit', 'MultipleInstances', 'Priority', 'Compatibility'].map((name) => ({ name })),
    ...unsupported(
      'RestartCount',
      'RestartInterval',
      'DeleteExpiredTaskAfter',
      'RestartOnIdle',
      'IdleDuration',
      'IdleWaitTimeout',
    ),
    ...remote,
  ],
  start: (context) => ({
    process: async () => {
      const policy = textArgument(context, 'MultipleInstances')?.toLowerCase();
      await context.output(
        settingsObject({
          ...defaultSettings,
          multipleInstances: instancePolicies.find((one) => one.toLowerCase() === policy) ?? 'IgnoreNew',
          disallowStartIfOnBatteries: !context.has('AllowStartIfOnBatteries'),
          stopIfGoingOnBatteries: !context.has('DontStopIfGoingOnBatteries'),
          allowHardTerminate: !context.has('DisallowHardTerminate'),
          allowStartOnDemand: !context.has('DisallowDemandStart'),
          enabled: !context.has('Disable'),
          hidden: context.has('Hidden'),
          runOnlyIfIdle: context.has('RunOnlyIfIdle'),
          wakeToRun: context.has('WakeToRun'),
          startWhenAvailable: context.has('StartWhenAvailable'),
          runOnlyIfNetworkAvailable: context.has('RunOnlyIfNetworkAvailable'),
          executionTimeLimit: spanArgument(context, 'ExecutionTimeLimit') ?? defaultSettings.executionTimeLimit,
          priority: Number(textArgument(context, 'Priority') ?? defaultSettings.priority),
        }),
      );
    },
  }),
};

/** Whom a task runs as when only a name is given: the system's accounts log on by themselves. */
export const principalFor = (user: string, runLevel: Principal['runLevel'], hasPassword: boolean): Principal =>
  builtInAccount(user) === null
    ? { userId: user, logonType: hasPassword ? 'Password' : 'InteractiveToken', runLevel }
    : { userId: user, runLevel };

const newTask: Cmdlet = {
  name: 'New-ScheduledTask',
  parameters: [
    { name: 'Action', position: 0 },
    { name: 'Principal', position: 1 },
    { name: 'Trigger', position: 2 },
    { name: 'Settings', position: 3 },
    { name: 'Description' },
    ...remote,
  ],
  start: (context) => ({
    process: async () => {
      const { environment } = context.frame.session.machine;
      const user = `${environment.get('USERDOMAIN') ?? ''}\\${environment.get('USERNAME') ?? ''}`;
      const principal = context.argument('Principal');
      const settings = context.argument('Settings');
      await context.output(
        taskObject(
          {
            registration: { description: textArgument(context, 'Description') },
            triggers: triggersOf(context.argument('Trigger') ?? []),
            principal: principal === undefined ? principalFor(user, 'LeastPrivilege', false) : principalOf(principal),
            settings: settings === undefined ? defaultSettings : settingsOf(settings),
            actions: actionsOf(context.argument('Action') ?? []),
          },
          null,
        ),
      );
    },
  }),
};

export const newTaskCmdlets: readonly Cmdlet[] = [newAction, newTrigger, newPrincipal, newSettings, newTask];
