import { parseTask } from '../tasks/parse-task.ts';
import { parseDuration } from '../tasks/duration.ts';
import { parseLocalTime } from '../tasks/local-time.ts';
import type { TaskInfo } from '../tasks/protocol.ts';
import type { Trigger } from '../tasks/definition.ts';

const pad = (number: number): string => String(number).padStart(2, '0');

/** `11/20/2026 7:30:00 PM`, as the United States' Windows writes it. */
export const shownTime = (milliseconds: number | null): string => {
  if (milliseconds === null) return 'N/A';
  const date = new Date(milliseconds);
  return `${date.getMonth() + 1}/${date.getDate()}/${date.getFullYear()} ${timeOf(date)}`;
};

const timeOf = (date: Date): string => {
  const hour = date.getHours() % 12 === 0 ? 12 : date.getHours() % 12;
  return `${hour}:${pad(date.getMinutes())}:${pad(date.getSeconds())} ${date.getHours() < 12 ? 'AM' : 'PM'}`;
};

const hoursMinutes = (duration: string): string => {
  const minutes = Math.floor((parseDuration(duration) ?? 0) / 60_000);
  return `${Math.floor(minutes / 60)} Hour(s), ${minutes % 60} Minute(s)`;
};

const scheduleType = (trigger: Trigger | undefined): string => {
  switch (trigger?.kind) {
    case undefined:
      return 'On demand only';
    case 'time':
      if (trigger.repetition === undefined) return 'One Time Only';
      return `One Time Only, ${(parseDuration(trigger.repetition.interval) ?? 0) < 3_600_000 ? 'Minute' : 'Hourly'} `;
    case 'daily':
      return 'Daily ';
    case 'weekly':
      return 'Weekly';
    case 'monthly':
      return 'Monthly';
    case 'logon':
      return 'At logon time';
    case 'boot':
      return 'At system start up';
    case 'idle':
      return 'At idle time';
    case 'registration':
      return 'When the task is created or modified';
    case 'event':
      return 'When an event occurs';
  }
};

/** What `/query /v` says of a task, name by name in its order. */
export const detailsOf = (task: TaskInfo, computer: string): (readonly [string, string])[] => {
  const { registration, triggers, principal, settings, actions } = parseTask(task.xml);
  const [trigger] = triggers;
  const [action] = actions;
  const start = trigger?.start === undefined ? null : parseLocalTime(trigger.start);
  const repetition = trigger?.repetition;
  const begun = start === null ? ['N/A', 'N/A'] : [timeOf(new Date(start)), shownTime(start).split(' ')[0] ?? 'N/A'];
  const [startTime = 'N/A', startDate = 'N/A'] = begun;
  return [
    ['HostName', computer],
    ['TaskName', task.path],
    ['Next Run Time', shownTime(task.nextRun)],
    ['Status', task.state],
    ['Logon Mode', principal.logonType === 'InteractiveToken' ? 'Interactive only' : 'Interactive/Background'],
    // A task that never ran shows the beginning of the service's own count of time.
    ['Last Run Time', task.lastRun === null ? '11/30/1999 12:00:00 AM' : shownTime(task.lastRun)],
    ['Last Result', String(task.lastResult | 0)],
    ['Author', registration.author ?? 'N/A'],
    ['Task To Run', action === undefined ? 'N/A' : `${action.command} ${action.arguments ?? ''}`],
    ['Start In', action?.workingDirectory ?? 'N/A'],
    ['Comment', registration.description ?? 'N/A'],
    ['Scheduled Task State', settings.enabled ? 'Enabled' : 'Disabled'],
    ['Idle Time', 'Disabled'],
    [
      'Power Management',
      [
        settings.stopIfGoingOnBatteries ? 'Stop On Battery Mode' : '',
        settings.disallowStartIfOnBatteries ? 'No Start On Batteries' : '',
      ]
        .filter((part) => part !== '')
        .join(', '),
    ],
    ['Run As User', shortName(principal.userId ?? principal.groupId ?? 'N/A')],
    ['Delete Task If Not Rescheduled', 'Disabled'],
    [
      'Stop Task If Runs X Hours and X Mins',
      hoursMinutes(settings.executionTimeLimit).replace(' Hour(s), ', ':').replace(' Minute(s)', ''),
    ],
    ['Schedule', 'Scheduling data is not available in this format.'],
    ['Schedule Type', scheduleType(trigger)],
    ['Start Time', startTime],
    ['Start Date', startDate],
    ['End Date', 'N/A'],
    ['Days', trigger?.kind === 'daily' ? `Every ${trigger.every} day(s)` : 'N/A'],
    ['Months', 'N/A'],
    ['Repeat: Every', repetition === undefined ? 'Disabled' : hoursMinutes(repetition.interval)],
    ['Repeat: Until: Time', repetition === undefined ? 'Disabled' : 'None'],
    [
      'Repeat: Until: Duration',
      repetition === undefined
        ? 'Disabled'
        : repetition.duration === undefined
          ? 'Disabled'
          : hoursMinutes(repetition.duration),
    ],
    ['Repeat: Stop If Still Running', 'Disabled'],
  ];
};

const shortName = (user: string): string => (user === 'S-1-5-18' ? 'SYSTEM' : user.slice(user.indexOf('\\') + 1));
