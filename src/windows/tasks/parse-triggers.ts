import type { XmlElement } from '../../formats/windows-event/tree.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import type { Repetition, Trigger } from './definition.ts';
import { parseDuration } from './duration.ts';
import { parseLocalTime } from './local-time.ts';
import { BadTask, child, childrenOf, flagOf, textOf } from './read-xml.ts';
import { months, weekdays } from '../../util/calendar.ts';

export const parseTriggers = (element: XmlElement | undefined): readonly Trigger[] =>
  childrenOf(element).map(parseTrigger);

const time = (element: XmlElement, name: string): string | undefined => {
  const text = textOf(element, name);
  if (text !== undefined && parseLocalTime(text) === null) throw new BadTask(`${name}: ${text}`);
  return text;
};

const duration = (element: XmlElement, name: string): string | undefined => {
  const text = textOf(element, name);
  if (text !== undefined && parseDuration(text) === null) throw new BadTask(`${name}: ${text}`);
  return text;
};

const repetitionOf = (trigger: XmlElement): Repetition | undefined => {
  const element = child(trigger, 'Repetition');
  const interval = element === undefined ? undefined : duration(element, 'Interval');
  if (element === undefined || interval === undefined) return undefined;
  return { interval, duration: duration(element, 'Duration'), stopAtEnd: flagOf(element, 'StopAtDurationEnd', false) };
};

const parseTrigger = (element: XmlElement): Trigger => {
  const base = {
    enabled: flagOf(element, 'Enabled', true),
    start: time(element, 'StartBoundary'),
    end: time(element, 'EndBoundary'),
    delay: duration(element, 'Delay'),
    repetition: repetitionOf(element),
  };
  switch (element.name) {
    case 'TimeTrigger':
      // Without a time to begin at there is nothing to wait for.
      if (base.start === undefined) throw new BadTask('StartBoundary');
      return { ...base, kind: 'time' };
    case 'CalendarTrigger':
      if (base.start === undefined) throw new BadTask('StartBoundary');
      return { ...base, ...parseSchedule(element) };
    case 'LogonTrigger':
      return { ...base, kind: 'logon', user: textOf(element, 'UserId') };
    case 'BootTrigger':
      return { ...base, kind: 'boot' };
    case 'RegistrationTrigger':
      return { ...base, kind: 'registration' };
    case 'IdleTrigger':
      return { ...base, kind: 'idle' };
    case 'EventTrigger':
      return { ...base, kind: 'event', subscription: textOf(element, 'Subscription') ?? '' };
    case 'SessionStateChangeTrigger':
      throw new NotImplemented(`a task's trigger of kind ${element.name}`);
    default:
      throw new BadTask(element.name);
  }
};

type Schedule = Extract<Trigger, { kind: 'daily' | 'weekly' | 'monthly' }>;
type OwnPart<T> = T extends Schedule ? Omit<T, 'enabled' | 'start' | 'end' | 'repetition' | 'delay'> : never;

const parseSchedule = (element: XmlElement): OwnPart<Schedule> => {
  const byDay = child(element, 'ScheduleByDay');
  if (byDay !== undefined) return { kind: 'daily', every: Number(textOf(byDay, 'DaysInterval') ?? 1) };
  const byWeek = child(element, 'ScheduleByWeek');
  if (byWeek !== undefined) {
    const named = childrenOf(child(byWeek, 'DaysOfWeek')).map(({ name }) => name);
    const days = weekdays.filter((day) => named.includes(day));
    return { kind: 'weekly', every: Number(textOf(byWeek, 'WeeksInterval') ?? 1), days };
  }
  const byMonth = child(element, 'ScheduleByMonth');
  if (byMonth === undefined) throw new NotImplemented("a task's trigger by days of the week of a month");
  const named = childrenOf(child(byMonth, 'Months')).map(({ name }) => name);
  const days = childrenOf(child(byMonth, 'DaysOfMonth')).map((day) =>
    day.children.map((node) => (node.kind === 'text' ? node.text : '')).join(''),
  );
  return {
    kind: 'monthly',
    months: months.flatMap((month, index) => (named.length === 0 || named.includes(month) ? [index + 1] : [])),
    days: days.map((day) => (/^last$/i.test(day) ? 'last' : Number(day))),
  };
};
