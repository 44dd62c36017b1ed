import { RuntimeFailure } from '../engine/error-record.ts';
import { formatDate } from '../values/dates.ts';
import { convert } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { DateTime, TimeSpan, type Value } from '../values/value.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';

const numberOf = (value: Value, parameter: string): number => {
  const number = coerceNumber(value);
  if (number !== null) return Number(number.value);
  throw new RuntimeFailure(
    'CannotConvertArgumentNoMessage',
    `Cannot bind parameter '${parameter}'. Cannot convert value "${toText(value)}" to type "System.Int32". Error: "Input string was not in a correct format."`,
    {
      category: 'InvalidArgument',
    },
  );
};

/** Windows PowerShell's -Seconds is an Int32: 1.5 rounds to 2, and 0.5 to 0. */
const startSleep: Cmdlet = {
  name: 'Start-Sleep',
  parameters: [
    { name: 'Seconds', position: 0 },
    { name: 'Milliseconds', aliases: ['m'] },
  ],
  start: (context) => ({
    process: async () => {
      const milliseconds = context.argument('Milliseconds');
      const seconds = context.argument('Seconds') ?? null;
      const wait =
        milliseconds === undefined
          ? Number(convert(numberOf(seconds, 'Seconds') === 0 ? 0 : seconds, 'int')) * 1000
          : numberOf(milliseconds, 'Milliseconds');
      await context.frame.session.machine.sleep(wait);
    },
  }),
};

const unixFormats: Readonly<Record<string, string>> = {
  Y: 'yyyy',
  m: 'MM',
  d: 'dd',
  H: 'HH',
  M: 'mm',
  S: 'ss',
  y: 'yy',
  j: '',
};

const dateOf = (context: CmdletContext): DateTime => {
  const given = context.argument('Date');
  const base =
    given === undefined ? new DateTime(context.frame.session.machine.now()) : (convert(given, 'datetime') as DateTime);
  const date = new Date(base.milliseconds);
  const part = (name: string): number | undefined =>
    context.has(name) ? numberOf(context.argument(name) ?? null, name) : undefined;
  date.setFullYear(
    part('Year') ?? date.getFullYear(),
    (part('Month') ?? date.getMonth() + 1) - 1,
    part('Day') ?? date.getDate(),
  );
  date.setHours(
    part('Hour') ?? date.getHours(),
    part('Minute') ?? date.getMinutes(),
    part('Second') ?? date.getSeconds(),
  );
  return new DateTime(date.getTime(), base.kind);
};

const getDate: Cmdlet = {
  name: 'Get-Date',
  parameters: [
    { name: 'Date', position: 0 },
    { name: 'Format' },
    { name: 'UFormat' },
    { name: 'DisplayHint', unsupported: true },
    ...['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second'].map((name) => ({ name })),
  ],
  start: (context) => ({
    process: async () => {
      const date = dateOf(context);
      const unix = context.argument('UFormat');
      if (context.has('Format')) await context.output(formatDate(date, toText(context.argument('Format') ?? null)));
      else if (unix !== undefined) {
        await context.output(
          toText(unix)
            .replace(/%s/g, String(date.milliseconds / 1000))
            .replace(/%([a-zA-Z])/g, (_, letter: string) => formatDate(date, unixFormats[letter] ?? '')),
        );
      } else await context.output(date);
    },
  }),
};

const newTimeSpan: Cmdlet = {
  name: 'New-TimeSpan',
  parameters: ['Start', 'End', 'Days', 'Hours', 'Minutes', 'Seconds'].map((name, index) =>
    index < 2 ? { name, position: index } : { name },
  ),
  start: (context) => ({
    process: async () => {
      const part = (name: string): number => numberOf(context.argument(name) ?? 0, name);
      if (!context.has('Start') && !context.has('End')) {
        await context.output(
          new TimeSpan((((part('Days') * 24 + part('Hours')) * 60 + part('Minutes')) * 60 + part('Seconds')) * 1000),
        );
        return;
      }
      const now = new DateTime(context.frame.session.machine.now());
      const at = (name: string): number =>
        (convert(context.argument(name) ?? now, 'datetime') as DateTime).milliseconds;
      await context.output(new TimeSpan(at('End') - at('Start')));
    },
  }),
};

export const timeCmdlets: readonly Cmdlet[] = [startSleep, getDate, newTimeSpan];
