import type { TaskDefinition, Trigger } from './definition.ts';
import { parseDuration } from './duration.ts';
import { parseLocalTime } from './local-time.ts';
import { weekdays } from '../../util/calendar.ts';

/** A calendar that has no matching day in this many days has none. */
const longestSearchDays = 366 * 5;

/** When a trigger starts its task next, strictly after a moment; null: never, or by something other than time. All in milliseconds. */
export const nextRun = (trigger: Trigger, after: number): number | null => {
  if (!trigger.enabled || trigger.start === undefined) return null;
  const start = parseLocalTime(trigger.start);
  const end = trigger.end === undefined ? null : parseLocalTime(trigger.end);
  if (start === null) return null;
  const candidates = [lastOccurrence(trigger, start, after), nextOccurrence(trigger, start, after)];
  const times = candidates.flatMap((begin) => (begin === null ? [] : [repeated(trigger, begin, after)]));
  const found = times.flatMap((at) => (at === null || (end !== null && at > end) ? [] : [at]));
  return found.length === 0 ? null : Math.min(...found);
};

/** The first of a task's triggers to come; null when none does. */
export const nextRunOf = ({ triggers, settings }: TaskDefinition, after: number): number | null => {
  const times = settings.enabled ? triggers.flatMap((trigger) => nextRun(trigger, after) ?? []) : [];
  return times.length === 0 ? null : Math.min(...times);
};

/** The beginning itself when it is to come, else its next repetition. */
const repeated = ({ repetition }: Trigger, begin: number, after: number): number | null => {
  if (begin > after) return begin;
  const interval = repetition === undefined ? 0 : (parseDuration(repetition.interval) ?? 0);
  if (repetition === undefined || interval <= 0) return null;
  const at = begin + (Math.floor((after - begin) / interval) + 1) * interval;
  const duration = repetition.duration === undefined ? null : parseDuration(repetition.duration);
  return duration === null || at < begin + duration ? at : null;
};

/** Whether a calendar's trigger strikes on this day, `days` after that of its start. */
const strikes = (trigger: Trigger, days: number, date: Date): boolean => {
  switch (trigger.kind) {
    case 'daily':
      return days % Math.max(1, trigger.every) === 0;
    case 'weekly': {
      // Weeks begin on Sunday.
      const week = Math.floor((days + ((date.getDay() + 7 - (days % 7)) % 7)) / 7);
      return trigger.days.includes(weekdays[date.getDay()] ?? 'Sunday') && week % Math.max(1, trigger.every) === 0;
    }
    case 'monthly': {
      const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
      return (
        trigger.months.includes(date.getMonth() + 1) &&
        trigger.days.some((day) => (day === 'last' ? date.getDate() === last : day === date.getDate()))
      );
    }
    case 'time':
      return days === 0;
    case 'logon':
    case 'boot':
    case 'registration':
    case 'idle':
    case 'event':
      return false;
  }
};

/** The same time of the day, days later: across a change of the clocks too. */
const plusDays = (start: number, days: number): Date => {
  const date = new Date(start);
  date.setDate(date.getDate() + days);
  return date;
};

const daysBetween = (start: number, moment: number): number => Math.floor((moment - start) / 86_400_000);

const nextOccurrence = (trigger: Trigger, start: number, after: number): number | null => {
  if (trigger.kind === 'time') return start > after ? start : null;
  for (let days = Math.max(0, daysBetween(start, after) - 1), tried = 0; tried < longestSearchDays; days++, tried++) {
    const date = plusDays(start, days);
    if (date.getTime() > after && strikes(trigger, days, date)) return date.getTime();
  }
  return null;
};

/** The occurrence whose repetitions may still go on. */
const lastOccurrence = (trigger: Trigger, start: number, after: number): number | null => {
  for (let days = Math.min(daysBetween(start, after) + 1, longestSearchDays); days >= 0; days--) {
    const date = plusDays(start, days);
    if (date.getTime() <= after && strikes(trigger, days, date)) return date.getTime();
  }
  return null;
};
