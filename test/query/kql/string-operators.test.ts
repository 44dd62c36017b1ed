import { expect } from 'chai';
import fc from 'fast-check';
import { compiled, now, openWith, origin, type Opened } from '../support.ts';

type Test = (text: string, needle: string) => boolean;

const fold = (text: string): string => text.toLowerCase();

const isPartOfTerm = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Wherever the needle stands: does a term begin there, and does one end there? An end that is no letter or digit ends anywhere. */
const stands =
  (mustBegin: boolean, mustEnd: boolean): Test =>
  (text, needle) => {
    const [characters, wanted] = [[...text], [...needle]];
    if (wanted.length === 0) return true;
    return characters.some((_, at) => {
      if (!wanted.every((character, index) => characters[at + index] === character)) return false;
      const begins = !(isPartOfTerm(wanted[0]) && isPartOfTerm(characters[at - 1]));
      const ends = !(isPartOfTerm(wanted.at(-1)) && isPartOfTerm(characters[at + wanted.length]));
      return (!mustBegin || begins) && (!mustEnd || ends);
    });
  };

const families: Readonly<Record<string, Test>> = {
  has: stands(true, true),
  hasprefix: stands(true, false),
  hassuffix: stands(false, true),
  contains: (text, needle) =>
    Array.from({ length: text.length + 1 }).some((_, at) => text.slice(at, at + needle.length) === needle),
  startswith: (text, needle) => text.slice(0, needle.length) === needle,
  endswith: (text, needle) => needle.length <= text.length && text.slice(text.length - needle.length) === needle,
};

const folded =
  (test: Test): Test =>
  (text, needle) =>
    test(fold(text), fold(needle));

const negated =
  (test: Test): Test =>
  (text, needle) =>
    !test(text, needle);

const same: Test = (text, needle) => text === needle;

const operators: readonly (readonly [string, Test])[] = [
  ...Object.entries(families).flatMap(([name, test]): (readonly [string, Test])[] => [
    [name, folded(test)],
    [`!${name}`, negated(folded(test))],
    [`${name}_cs`, test],
    [`!${name}_cs`, negated(test)],
  ]),
  ['==', same],
  ['!=', negated(same)],
  ['=~', folded(same)],
  ['!~', negated(folded(same))],
];

type ListTest = (text: string, needles: readonly string[]) => boolean;

const listOperators: readonly (readonly [string, ListTest])[] = [
  ['has_any', (text, needles) => needles.some((needle) => folded(stands(true, true))(text, needle))],
  ['has_all', (text, needles) => needles.every((needle) => folded(stands(true, true))(text, needle))],
  ['in', (text, needles) => needles.includes(text)],
  ['!in', (text, needles) => !needles.includes(text)],
  ['in~', (text, needles) => needles.map(fold).includes(fold(text))],
  ['!in~', (text, needles) => !needles.map(fold).includes(fold(text))],
];

/** A text as a literal of the language. */
const literal = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;

const letters = ['a', 'A', 'b', 'é', 'É', '1', '_', '.', '-', ' ', '%', '\\', '"', "'", '\n', '😀'];
const texts = fc.string({ unit: fc.constantFrom(...letters), maxLength: 9 });
const needles = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'é', '1', '_', '.', '%', '\\', '\n'), maxLength: 3 });

/** Pairs of which many meet: the needle is often cut out of the text. */
const pairs = fc.oneof(
  fc.tuple(texts, needles),
  fc.tuple(texts, fc.nat(8), fc.nat(4)).map(([text, from, length]): [string, string] => {
    const characters = [...text];
    return [text, characters.slice(from, from + length).join('')];
  }),
);

/** The text of a pattern, and whether JavaScript's own engine finds it; both read these forms alike. */
const patterns = fc
  .array(
    fc.constantFrom('a', 'b', '1', '.', '[ab]', '[^a]', 'a*', 'b+', '(a|1)', '\\d', '\\w', '\\s', '^', '$', '_?'),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(''));

describe('string operators', () => {
  let opened: Opened;

  before(async () => {
    opened = await openWith();
  });

  after(() => opened[Symbol.asyncDispose]());

  const rowsOf = async (query: string) =>
    (await opened.engine.run(compiled(opened.engine.compile('kql', query, origin)), { now })).rows;

  const table = (name: string, rows: readonly (readonly string[])[], columns: readonly string[]): string =>
    `let ${name} = datatable(n:long, ${columns.map((column) => `${column}:string`).join(', ')})[${rows
      .map((row, index) => [index, ...row.map(literal)].join(', '))
      .join(', ')}];`;

  it('find a text that stands in the row beside it as their definition finds it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pairs, { minLength: 60, maxLength: 120 }), async (cases) => {
        const tests = operators.map(([operator], index) => `c${index} = text ${operator} needle`);
        const rows = await rowsOf(
          `${table('T', cases, ['text', 'needle'])} T | project n, ${tests.join(', ')} | sort by n asc`,
        );
        cases.forEach(([text, needle], at) =>
          operators.forEach(([operator, test], index) =>
            expect(rows[at]?.[index + 1], `${literal(text)} ${operator} ${literal(needle)}`).to.equal(
              test(text, needle),
            ),
          ),
        );
      }),
      { numRuns: 4 },
    );
  });

  interface Clause {
    readonly clause: string;
    readonly expected: (text: string) => boolean;
  }

  /** All clauses over all texts by one query. */
  const holdOver = async (rowTexts: readonly string[], clauses: readonly Clause[]): Promise<void> => {
    const columns = clauses.map(({ clause }, index) => `c${index} = ${clause}`).join(', ');
    const given = rowTexts.map((text) => [text]);
    const rows = await rowsOf(`${table('T', given, ['text'])} T | project n, ${columns} | sort by n asc`);
    rowTexts.forEach((text, at) =>
      clauses.forEach(({ clause, expected }, index) =>
        expect(rows[at]?.[index + 1], `${clause}, text = ${literal(text)}`).to.equal(expected(text)),
      ),
    );
  };

  const many = <T>(arbitrary: fc.Arbitrary<T>, count: number): fc.Arbitrary<T[]> =>
    fc.array(arbitrary, { minLength: count, maxLength: count });

  it('find a text that the query names as their definition finds it', async () => {
    await fc.assert(
      fc.asyncProperty(many(texts, 80), many(needles, 5), (rowTexts, named) =>
        holdOver(
          rowTexts,
          named.flatMap((needle) =>
            operators.map(([operator, test]) => ({
              clause: `text ${operator} ${literal(needle)}`,
              expected: (text: string) => test(text, needle),
            })),
          ),
        ),
      ),
      { numRuns: 4 },
    );
  });

  it('find any or all of several, whether the query names them or the row has them', async () => {
    const lists = fc.array(needles, { minLength: 1, maxLength: 3 });
    const written = (list: readonly string[]): readonly string[] => {
      const items = list.map(literal).join(', ');
      // The last is no constant: it is known only row by row.
      return [`(${items})`, `(dynamic([${items}]))`, `(iff(n >= 0, dynamic([${items}]), dynamic([])))`];
    };
    await fc.assert(
      fc.asyncProperty(many(texts, 50), many(lists, 5), (rowTexts, named) =>
        holdOver(
          rowTexts,
          named.flatMap((list) =>
            listOperators.flatMap(([operator, test]) =>
              written(list).map((items) => ({
                clause: `text ${operator} ${items}`,
                expected: (text: string) => test(text, list),
              })),
            ),
          ),
        ),
      ),
      { numRuns: 3 },
    );
  });

  it('find nothing by an anchor in the middle of an expression', async () => {
    const rows = await rowsOf(
      "print a = 'a' matches regex 'a^', b = 'ab' matches regex 'a$b', c = 'ab' matches regex '^ab$', d = 'a' matches regex '$a'",
    );
    expect(rows).to.deep.equal([[false, false, true, false]]);
  });

  it('match a regular expression where another engine does', async () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '1', '_', ' ', '.'), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(many(plain, 60), many(patterns, 20), (rowTexts, tried) =>
        holdOver(
          rowTexts,
          tried.flatMap((pattern) =>
            [literal(pattern), `iff(n >= 0, ${literal(pattern)}, "")`].map((written) => ({
              clause: `text matches regex ${written}`,
              expected: (text: string) => new RegExp(pattern, 'u').test(text),
            })),
          ),
        ),
      ),
      { numRuns: 3 },
    );
  });
});
