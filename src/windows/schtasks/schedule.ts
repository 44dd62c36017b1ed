import type { Repetition, Trigger } from '../tasks/definition.ts';
import { renderDuration } from '../tasks/duration.ts';
import { renderLocalTime } from '../tasks/local-time.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { invalidSyntax, missing } from './options.ts';
import { type Weekday, weekdays } from '../../util/calendar.ts';

export type Built<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

type Values = ReadonlyMap<string, string>;

const minute = 60_000;
const hour = 60 * minute;

const bad = (message: string): Built<never> => ({ ok: false, message });

/** `/mo`, within the bounds of its schedule. */
const modifier = (values: Values, most: number): number | null => {
  const text = values.get('mo') ?? '1';
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= most ? number : null;
};

/** `HH:MM` → milliseconds after midnight. */
const timeOfDay = (text: string): number | null => {
  const [, hours, minutes] = /^(\d{1,2}):(\d\d)$/.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return Number(hours) * hour + Number(minutes) * minute;
};

/** `mm/dd/yyyy`, as the United States' Windows reads dates → midnight. */
const dayOf = (text: string): number | null => {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text) ?? [];
  if (month === undefined) return null;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  return date.getMonth() === Number(month) - 1 ? date.getTime() : null;
};

const midnight = (moment: number): number => {
  const date = new Date(moment);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
};

/** When it begins: `/sd` and `/st`, else this minute. */
const startOf = (values: Values, now: number): Built<number> => {
  const day = values.has('sd') ? dayOf(values.get('sd') ?? '') : midnight(now);
  if (day === null) return bad('Invalid Startdate specified.');
  const time = values.get('st');
  if (time === undefined) return { ok: true, value: day + Math.floor((now - midnight(now)) / minute) * minute };
  const offset = timeOfDay(time);
  return offset === null ? bad('Invalid Starttime value.') : { ok: true, value: day + offset };
};

const every = (milliseconds: number): Repetition => ({ interval: renderDuration(milliseconds), stopAtEnd: false });

/** `/ri` minutes, for `/du` hours and minutes: an hour when nothing else is said. */
const repetitionOf = (values: Values): Repetition | undefined => {
  const interval = values.get('ri');
  if (interval === undefined) return undefined;
  const [hours = '1', minutes = '0'] = (values.get('du') ?? '0001:00').split(':');
  return {
    interval: renderDuration(Number(interval) * minute),
    duration: renderDuration(Number(hours) * hour + Number(minutes) * minute),
    stopAtEnd: values.has('k'),
  };
};

const daysOfWeek = (text: string): readonly Weekday[] => {
  const wanted = text.toUpperCase().split(',');
  return weekdays.filter((day) => wanted.includes('*') || wanted.includes(day.slice(0, 3).toUpperCase()));
};

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

const monthsOf = (text: string): readonly number[] => {
  const wanted = text.toUpperCase().split(',');
  return monthNames.flatMap((name, index) => (wanted.includes('*') || wanted.includes(name) ? [index + 1] : []));
};

/** The trigger that `/sc` and its companions describe. */
export const buildTrigger = (values: Values, now: number): Built<Trigger> => {
  const kind = (values.get('sc') ?? '').toUpperCase();
  const start = startOf(values, now);
  if (!start.ok) return start;
  if (values.has('ed') || values.has('et')) throw new NotImplemented('schtasks /ed and /et');
  const base = { enabled: true, start: renderLocalTime(start.value) };
  const repetition = repetitionOf(values);
  const mo = (most: number): number | null => modifier(values, most);
  const badModifier = bad('Invalid value for /MO option.');
  switch (kind) {
    case 'MINUTE': {
      const count = mo(1439);
      return count === null ? badModifier : trigger({ ...base, kind: 'time', repetition: every(count * minute) });
    }
    case 'HOURLY': {
      const count = mo(23);
      return count === null ? badModifier : trigger({ ...base, kind: 'time', repetition: every(count * hour) });
    }
    case 'ONCE':
      if (!values.has('st')) return bad(missing('st', 'create'));
      return trigger({ ...base, kind: 'time', repetition });
    case 'DAILY': {
      const count = mo(365);
      return count === null ? badModifier : trigger({ ...base, kind: 'daily', every: count, repetition });
    }
    case 'WEEKLY': {
      const count = mo(52);
      const days = values.has('d') ? daysOfWeek(values.get('d') ?? '') : [weekdays[new Date(now).getDay()] ?? 'Sunday'];
      if (days.length === 0) return bad(invalidSyntax('Invalid value for /D option.', 'create'));
      return count === null ? badModifier : trigger({ ...base, kind: 'weekly', every: count, days, repetition });
    }
    case 'MONTHLY':
      return monthly(values, base, repetition);
    case 'ONLOGON':
      return trigger({ enabled: true, start: base.start, kind: 'logon' });
    case 'ONSTART':
      return trigger({ enabled: true, start: base.start, kind: 'boot' });
    case 'ONIDLE':
      return values.has('i') ? trigger({ enabled: true, kind: 'idle' }) : bad(missing('i', 'create'));
    case 'ONEVENT':
      throw new NotImplemented('schtasks /sc ONEVENT');
    default:
      return bad(invalidSyntax('Invalid Schedule Type specified.', 'create'));
  }
};

const monthly = (
  values: Values,
  base: { readonly enabled: boolean; readonly start: string },
  repetition: Repetition | undefined,
): Built<Trigger> => {
  const months = monthsOf(values.get('m') ?? '*');
  const modified = (values.get('mo') ?? '1').toUpperCase();
  if (modified === 'LASTDAY') return trigger({ ...base, kind: 'monthly', days: ['last'], months, repetition });
  if (!/^\d+$/.test(modified)) throw new NotImplemented(`schtasks /sc MONTHLY /mo ${modified}`);
  const step = Number(modified);
  if (step < 1 || step > 12) return bad('Invalid value for /MO option.');
  const day = Number(values.get('d') ?? 1);
  if (!(day >= 1 && day <= 31)) return bad(invalidSyntax('Invalid value for /D option.', 'create'));
  const chosen = values.has('mo') ? months.filter((month) => (month - 1) % step === 0) : months;
  return trigger({ ...base, kind: 'monthly', days: [day], months: chosen, repetition });
};

const trigger = (value: Trigger): Built<Trigger> => ({ ok: true, value });
