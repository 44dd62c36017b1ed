import type { FunctionTable, SqlFunction } from '../function-table.ts';

const now: SqlFunction = { params: [], neverNull: true, render: (_args, _call, context) => `BIGINT '${context.now}'` };

const unitTicks: Readonly<Record<string, string>> = {
  week: '6048000000000',
  day: '864000000000',
  hour: '36000000000',
  minute: '600000000',
  second: '10000000',
  millisecond: '10000',
  microsecond: '10',
};

const timestamp = (ticks: string): string => `make_timestamp((${ticks} - 621355968000000000) // 10)`;

/** How many borders of the unit lie between two datetimes: from 12:59 to 13:00 is one hour. */
const datetimeDiff: SqlFunction = {
  params: ['string', 'datetime', 'datetime'],
  refuse: (call) => {
    const [unit] = call.args;
    return unit?.kind === 'literal' && typeof unit.value === 'string' ? null : 'datetime_diff with a computed unit';
  },
  render: ([unit, later, earlier], call) => {
    const name = String(unit?.literal?.value).toLowerCase();
    const ticks = unitTicks[name];
    const [a, b] = [later?.sql ?? 'NULL', earlier?.sql ?? 'NULL'];
    if (name === 'nanosecond') return `((${a} - ${b}) * 100)`;
    // Weeks begin on Sunday; 0001-01-01 was a Monday.
    if (name === 'week') {
      const weeks = `((${a} + 864000000000) // ${ticks} - (${b} + 864000000000) // ${ticks})`;
      return call.type === 'real' ? `${weeks}::DOUBLE` : weeks;
    }
    if (ticks !== undefined) return `(${a} // ${ticks} - ${b} // ${ticks})`;
    return `date_diff('${name === 'year' ? 'year' : name === 'quarter' ? 'quarter' : 'month'}', ${timestamp(b)}, ${timestamp(a)})`;
  },
};

/** `bin` with a fixed point: datetimes and timespans by ticks, numbers by themselves. */
const binAt: SqlFunction = {
  params: ['any', 'any', 'any'],
  render: ([value, size, fixed], call) => {
    const [a, b, c] = [value?.sql, size?.sql, fixed?.sql];
    if (call.type === 'real') return `CASE WHEN ${b} > 0 THEN floor((${a} - ${c})::DOUBLE / ${b}) * ${b} + ${c} END`;
    return `CASE WHEN ${b} > 0 THEN ${a} - ((((${a} - ${c}) % ${b}) + ${b}) % ${b}) END`;
  },
};

export const datetimeFunctions: FunctionTable = {
  bin_at: binAt,
  now,
  datetime_diff: datetimeDiff,
};
