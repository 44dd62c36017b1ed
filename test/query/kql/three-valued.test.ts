import { expect } from 'chai';
import fc from 'fast-check';
import { compiled, now, openWith, origin, type Opened } from '../support.ts';

type Truth = boolean | null;

interface Row {
  readonly a: number | null;
  readonly b: number | null;
  readonly x: Truth;
  readonly y: Truth;
}

/** A text of the language, and what it means for a row. */
interface Meaning<T> {
  readonly text: string;
  readonly of: (row: Row) => T;
}

const truths: readonly Truth[] = [true, false, null];
const numbers: readonly (number | null)[] = [0, 1, null];

const rows: readonly Row[] = numbers.flatMap((a) =>
  numbers.flatMap((b) => truths.flatMap((x) => truths.map((y) => ({ a, b, x, y })))),
);

const not = (value: Truth): Truth => (value === null ? null : !value);

/** Equality of a null and a value is false, of two nulls unknown. */
const equals = <T>(left: T | null, right: T | null): Truth => (left === null && right === null ? null : left === right);

/** Order is unknown as soon as one side is null. */
const ordered =
  (test: (left: number, right: number) => boolean) =>
  (left: number | null, right: number | null): Truth =>
    left === null || right === null ? null : test(left, right);

const comparisons: Readonly<Record<string, (left: number | null, right: number | null) => Truth>> = {
  '==': equals,
  '!=': (left, right) => not(equals(left, right)),
  '<': ordered((left, right) => left < right),
  '<=': ordered((left, right) => left <= right),
  '>': ordered((left, right) => left > right),
  '>=': ordered((left, right) => left >= right),
};

const and = (left: Truth, right: Truth): Truth =>
  left === false || right === false ? false : left === null || right === null ? null : true;

const or = (left: Truth, right: Truth): Truth => not(and(not(left), not(right)));

const operands: fc.Arbitrary<Meaning<number | null>> = fc.constantFrom(
  { text: 'a', of: ({ a }: Row) => a },
  { text: 'b', of: ({ b }: Row) => b },
  { text: '1', of: () => 1 },
  { text: 'long(null)', of: () => null },
  { text: '(a + b)', of: ({ a, b }: Row) => (a === null || b === null ? null : a + b) },
);

const leaves: fc.Arbitrary<Meaning<Truth>> = fc.oneof(
  fc.constantFrom<Meaning<Truth>>(
    { text: 'x', of: ({ x }) => x },
    { text: 'y', of: ({ y }) => y },
    { text: 'true', of: () => true },
    { text: 'false', of: () => false },
    { text: 'bool(null)', of: () => null },
    { text: 'isnull(a)', of: ({ a }) => a === null },
    { text: 'isnotnull(x)', of: ({ x }) => x !== null },
    { text: '(x == y)', of: ({ x, y }) => equals(x, y) },
    { text: '(x != y)', of: ({ x, y }) => not(equals(x, y)) },
    { text: '(a in (0, 7))', of: ({ a }) => a === 0 },
    { text: '(a !in (0, 7))', of: ({ a }) => a !== 0 },
    { text: '(b between (1 .. 2))', of: ({ b }) => (b === null ? null : b === 1) },
    { text: '(b !between (1 .. 2))', of: ({ b }) => (b === null ? null : b !== 1) },
  ),
  fc
    .tuple(operands, fc.constantFrom(...Object.keys(comparisons)), operands)
    .map(([left, operator, right]): Meaning<Truth> => ({
      text: `(${left.text} ${operator} ${right.text})`,
      of: (row) => comparisons[operator]?.(left.of(row), right.of(row)) ?? null,
    })),
);

const { expression } = fc.letrec<{ expression: Meaning<Truth> }>((tie) => {
  const inner = tie('expression');
  return {
    expression: fc.oneof(
      { maxDepth: 3, depthSize: 'medium' },
      leaves,
      inner.map(({ text, of }) => ({ text: `not(${text})`, of: (row: Row) => not(of(row)) })),
      fc.tuple(inner, inner).map(([left, right]) => ({
        text: `(${left.text} and ${right.text})`,
        of: (row: Row) => and(left.of(row), right.of(row)),
      })),
      fc.tuple(inner, inner).map(([left, right]) => ({
        text: `(${left.text} or ${right.text})`,
        of: (row: Row) => or(left.of(row), right.of(row)),
      })),
      // An unknown condition is one that does not hold.
      fc.tuple(inner, inner, inner).map(([test, yes, no]) => ({
        text: `iff(${test.text}, ${yes.text}, ${no.text})`,
        of: (row: Row) => (test.of(row) === true ? yes.of(row) : no.of(row)),
      })),
      fc.tuple(inner, inner, inner, inner, inner).map(([first, one, second, two, otherwise]) => ({
        text: `case(${[first, one, second, two, otherwise].map(({ text }) => text).join(', ')})`,
        of: (row: Row) =>
          first.of(row) === true ? one.of(row) : second.of(row) === true ? two.of(row) : otherwise.of(row),
      })),
    ),
  };
});

const cell = (value: number | Truth, type: string): string => (value === null ? `${type}(null)` : String(value));

const table = `let T = materialize(datatable(n:long, a:long, b:long, x:bool, y:bool)[${rows
  .map(({ a, b, x, y }, n) => [n, cell(a, 'long'), cell(b, 'long'), cell(x, 'bool'), cell(y, 'bool')].join(', '))
  .join(', ')}]);`;

describe('three-valued logic', () => {
  let opened: Opened;

  before(async () => {
    opened = await openWith();
  });

  after(() => opened[Symbol.asyncDispose]());

  const rowsOf = async (query: string) =>
    (await opened.engine.run(compiled(opened.engine.compile('kql', query, origin)), { now })).rows;

  const holds = (check: (expressions: readonly Meaning<Truth>[]) => Promise<void>): Promise<void> =>
    fc.assert(fc.asyncProperty(fc.array(expression, { minLength: 25, maxLength: 25 }), check), { numRuns: 4 });

  it('gives each expression the value that its parts give it', () =>
    holds(async (expressions) => {
      const columns = expressions.map(({ text }, index) => `c${index} = ${text}`);
      const found = await rowsOf(`${table} T | project n, ${columns.join(', ')} | sort by n asc`);
      rows.forEach((row, n) =>
        expressions.forEach(({ text, of }, index) =>
          expect(found[n]?.[index + 1], `${text} of ${JSON.stringify(row)}`).to.equal(of(row)),
        ),
      );
    }));

  it('keeps and counts the rows for which it knows that a condition holds', () =>
    holds(async (expressions) => {
      const kept = expressions.map(
        ({ text }, index) => `(T | where ${text} | summarize kept = count() | extend i = ${index})`,
      );
      const counted = expressions.map(({ text }, index) => `c${index} = countif(${text})`);
      const found = await rowsOf(`${table} union ${kept.join(', ')} | sort by i asc | project kept`);
      const [counts = []] = await rowsOf(`${table} T | summarize ${counted.join(', ')}`);
      expressions.forEach(({ text, of }, index) => {
        const expected = rows.filter((row) => of(row) === true).length;
        expect(found[index]?.[0], `where ${text}`).to.equal(expected);
        expect(counts[index], `countif(${text})`).to.equal(expected);
      });
    }));

  it('knows no null texts', async () => {
    expect(
      await rowsOf('print a = isnull(""), b = isempty(tostring(dynamic(null))), c = strcat("a", tostring(long(null)))'),
    ).to.deep.equal([[false, true, 'a']]);
  });
});
