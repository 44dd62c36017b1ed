import { expect } from 'chai';
import fc from 'fast-check';
import type { Cell } from '../../../src/query/engine.ts';
import {
  maxDatetimeTicks,
  printDatetime,
  printTimespan,
  ticksPerDay,
  ticksPerHour,
  ticksPerMilli,
  ticksPerMinute,
  ticksPerSecond,
} from '../../../src/query/values/ticks.ts';
import { compiled, now, openWith, origin, type Opened } from '../support.ts';

/** A literal as a query writes it, and the value that it has. */
interface Written {
  readonly text: string;
  readonly cell: Cell;
}

const cellOf = (value: bigint): Cell => (BigInt.asIntN(54, value) === value ? Number(value) : value);

const sizes = fc.oneof(fc.bigInt({ min: -1000n, max: 1000n }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));

const longs = sizes.chain((value) =>
  fc.constantFrom(
    { text: `long(${value})`, cell: cellOf(value) },
    { text: value < 0n ? `long(${value})` : `${value}`, cell: cellOf(value) },
    { text: `long(0x${BigInt.asUintN(64, value).toString(16)})`, cell: cellOf(value) },
  ),
);

const ints = fc
  .integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
  .map((value): Written => ({ text: `int(${value})`, cell: value }));

const realCell = (value: number): Cell => (Number.isFinite(value) ? value : String(value));

const reals = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((value): Written => ({
    text: `real(${Object.is(value, -0) ? 0 : value})`,
    cell: Object.is(value, -0) ? 0 : value,
  })),
  fc.double({ min: 0, max: 1e15, noNaN: true }).map((value): Written => ({
    text: Number.isInteger(value) ? `${value}.0` : String(value),
    cell: value,
  })),
  fc.constantFrom(
    { text: 'real(nan)', cell: realCell(NaN) },
    { text: 'real(+inf)', cell: realCell(Infinity) },
    { text: 'real(-inf)', cell: realCell(-Infinity) },
  ),
);

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.stringMatching(/^\d{0,11}[1-9]$/))
  .map(([whole, fraction]): Written => ({ text: `decimal(${whole}.${fraction})`, cell: `${whole}.${fraction}` }));

const datetimes = fc
  .tuple(fc.bigInt({ min: ticksPerDay, max: maxDatetimeTicks - ticksPerDay }), fc.integer({ min: -840, max: 840 }))
  .chain(([ticks, offset]) => {
    const size = Math.abs(offset);
    const zone = `${offset < 0 ? '-' : '+'}${[Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0')).join(':')}`;
    const local = printDatetime(ticks + BigInt(offset) * ticksPerMinute).replace('Z', zone);
    const cell = printDatetime(ticks);
    return fc.constantFrom<Written>(
      { text: `datetime(${cell})`, cell },
      { text: `datetime("${cell.replace('T', ' ')}")`, cell },
      { text: `datetime(${local})`, cell },
    );
  });

const ticksIn = { d: ticksPerDay, h: ticksPerHour, m: ticksPerMinute, s: ticksPerSecond, ms: ticksPerMilli, tick: 1n };

const timespans = fc.oneof(
  fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map((ticks): Written => ({
    text: `time(${printTimespan(ticks)})`,
    cell: printTimespan(ticks),
  })),
  fc
    .tuple(fc.integer({ min: -9999, max: 9999 }), fc.constantFrom('d', 'h', 'm', 's', 'ms', 'tick' as const))
    .map(([count, unit]): Written => ({
      text: count < 0 ? `(-${-count}${unit})` : `${count}${unit}`,
      cell: printTimespan(BigInt(count) * ticksIn[unit]),
    })),
  fc
    .tuple(fc.nat(999), fc.nat(99), fc.constantFrom('d', 'h', 'm', 's' as const))
    .map(([whole, hundredths, unit]): Written => ({
      text: `${whole}.${String(hundredths).padStart(2, '0')}${unit}`,
      cell: printTimespan(((BigInt(whole) * 100n + BigInt(hundredths)) * ticksIn[unit]) / 100n),
    })),
);

const guids = fc
  .uuid()
  .chain((value) =>
    fc.constantFrom<Written>(
      { text: `guid(${value})`, cell: value },
      { text: `guid("${value.toUpperCase()}")`, cell: value },
    ),
  );

const bools = fc.constantFrom<Written>(
  { text: 'true', cell: true },
  { text: 'false', cell: false },
  { text: 'bool(true)', cell: true },
  { text: 'bool(false)', cell: false },
);

const contents = fc.string({
  unit: fc.constantFrom(
    'a',
    'Z',
    '0',
    ' ',
    '\\',
    '"',
    "'",
    '\n',
    '\t',
    '\r',
    'é',
    '😀',
    '%',
    '{',
    '}',
    '`',
    '/',
    '*',
    ';',
    '|',
  ),
  maxLength: 8,
});

const escaped = (text: string, quote: string): string =>
  quote +
  text.replace(/[\\"'\n\t\r]/g, (one) => ({ '\n': '\\n', '\t': '\\t', '\r': '\\r' })[one] ?? `\\${one}`) +
  quote;

const strings = fc.oneof(
  contents.chain((cell) =>
    fc.constantFrom<Written>({ text: escaped(cell, '"'), cell }, { text: escaped(cell, "'"), cell }),
  ),
  // A verbatim literal doubles its quote, and ends with its line.
  contents
    .map((text) => text.replace(/[\n\r]/g, ''))
    .chain((cell) =>
      fc.constantFrom<Written>(
        { text: `@"${cell.replaceAll('"', '""')}"`, cell },
        { text: `@'${cell.replaceAll("'", "''")}'`, cell },
        { text: `h@"${cell.replaceAll('"', '""')}"`, cell },
      ),
    ),
);

const dynamics = fc
  .letrec<{ value: Cell; leaf: Cell }>((tie) => ({
    leaf: fc.oneof(
      contents,
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => (value === 0 ? 0.5 : value)),
    ),
    value: fc.oneof(
      { maxDepth: 3 },
      tie('leaf'),
      fc.array(tie('value'), { maxLength: 3 }) as fc.Arbitrary<Cell>,
      fc.dictionary(contents, tie('value'), { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<Cell>,
    ),
  }))
  .value.map((cell): Written => ({ text: `dynamic(${JSON.stringify(cell)})`, cell }));

/** For each type its literals, and how its text is read back. */
const types = {
  bool: [bools, 'tobool'],
  int: [ints, 'toint'],
  long: [longs, 'tolong'],
  real: [reals, 'toreal'],
  decimal: [decimals, 'todecimal'],
  datetime: [datetimes, 'todatetime'],
  timespan: [timespans, 'totimespan'],
  guid: [guids, 'toguid'],
  string: [strings, 'tostring'],
} as const;

describe('literals', () => {
  let opened: Opened;

  before(async () => {
    opened = await openWith();
  });

  after(() => opened[Symbol.asyncDispose]());

  const valuesOf = async (texts: readonly string[]): Promise<readonly Cell[]> => {
    const text = `print ${texts.map((one, index) => `c${index} = ${one}`).join(', ')}`;
    const { rows } = await opened.engine.run(compiled(opened.engine.compile('kql', text, origin)), { now });
    return rows[0] ?? [];
  };

  const hold = (literals: fc.Arbitrary<Written>, texts: (literal: Written) => readonly string[]): Promise<void> =>
    fc.assert(
      fc.asyncProperty(fc.array(literals, { minLength: 1, maxLength: 60 }), async (written) => {
        const asked = written.flatMap((literal) => texts(literal).map((text) => ({ text, cell: literal.cell })));
        const got = await valuesOf(asked.map(({ text }) => text));
        asked.forEach(({ text, cell }, index) => expect(got[index], text).to.deep.equal(cell));
      }),
      { numRuns: 6 },
    );

  for (const [type, [literals, read]] of Object.entries(types)) {
    it(`of ${type} have the value that they write, in a row too, and their text is read back as it`, () =>
      hold(literals as fc.Arbitrary<Written>, ({ text }) => [
        text,
        `${read}(tostring(${text}))`,
        `toscalar(datatable(x:${type})[${text.replace(/^\((.*)\)$/, '$1')}])`,
        `${read}(pack_array(${text})[0])`,
      ]));
  }

  it('of dynamic have the value that they write, and their text is read back as it', () =>
    hold(dynamics, ({ text }) => [text, `parse_json(tostring(pack_array(${text})))[0]`]));

  it('of null are null, of each type', async () => {
    const named = Object.keys(types).filter((type) => type !== 'string');
    expect(await valuesOf(named.map((type) => `${type === 'timespan' ? 'time' : type}(null)`))).to.deep.equal(
      named.map(() => null),
    );
  });
});
