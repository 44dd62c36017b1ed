import { expect } from 'chai';
import type { Engine } from '../../../src/query/engine.ts';
import { now, openWith, origin, relationOf, type Opened } from '../support.ts';

/** How many; `TOCSIN_MUTATIONS=10000` for the whole of it. */
const mutations = Number(process.env['TOCSIN_MUTATIONS'] ?? 600);

const seeds = [
  'T | where Name has "a" and Count > 2 | summarize n = count(), m = make_set(Name, 5) by bin(When, 1h) | sort by n desc',
  'let f = (x:long) { T | where Count > x }; union (f(1)), (f(2)) | distinct Name',
  'T | join kind=leftouter (T | project Name, d = parse_json(Name)) on Name | extend k = tostring(d.a[0].b) | project-away d',
  'T | parse Name with a:string "-" b:long * | extend c = iff(b between (1 .. 5), strcat(a, "x"), "y") | top 3 by c',
  'T | sort by When asc | extend p = prev(Count), r = row_number() | where r > 1 and Count !in (1, 2)',
  'T | mv-expand e = pack_array(Name, Count) to typeof(string) | where e matches regex @"^[a-z]+$" | count',
  'T | make-series s = sum(Count) default=0 on When from datetime(2026-11-19) to datetime(2026-11-21) step 6h by Name',
  'T | sort by When asc | scan with_match_id=m declare (n:long=0) with (step s1: Count > 1 => n = s1.n + 1; step s2: Count < 9;)',
  'T | evaluate bag_unpack(parse_json(Name)) | take 5',
  'find in (T) where Name has "a" or Count == 2 project Name, Count:string, pack(*)',
  'T | fork (where Count > 1 | count) (summarize take_any(*) by Name)',
  'T | top-nested 2 of Name with others="rest" by sum(Count) desc, top-nested 1 of Count by max(Count)',
  'T | partition by Name (sort by When asc | extend p = prev(Count), c = row_cumsum(Count) | top 1 by c)',
  'T | mv-apply e = pack_array(Count, 1.5) to typeof(real) on (order by e desc | extend r = row_number() | where r < 3)',
  'T | summarize s = make_list(Count) | extend (f, a, b) = series_decompose_anomalies(s, 1.5, 2, "linefit"), m = series_add(s, s)',
  'T | evaluate activity_metrics(Name, When, datetime(2026-11-19), datetime(2026-11-21), 6h)',
  'T | sort by When asc | extend s = row_window_session(When, 1h, 10m, Count == 9) | evaluate pivot(Name, sum(Count))',
  'declare pattern P = (n:string)[s:string] { ("a").["b"] = { T | where Name has n }; }; P("a").b | take 1',
  'T | search Name:"a*" or "9" | lookup kind=leftouter (T | summarize arg_max(When, *) by Name) on Name | distinct *',
  'print a = dynamic({"x":[1,2,{"y":"z"}]}), b = datetime(2026-11-20) - 1d, c = 7 % -3 | extend d = a.x[2].y',
];

const words = [
  '|',
  'where',
  '(',
  ')',
  '==',
  '"',
  "'",
  'by',
  ',',
  '-9223372036854775808',
  '[',
  ']',
  '{',
  'null',
  '\0',
  '..',
  'T',
  '*',
  'and',
  '1d',
];

/** Numbers that follow from a seed: the same queries at every run. */
const createRandom = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const mutate = (text: string, random: (below: number) => number): string => {
  const tokens: readonly string[] = text.match(/\w+|\s+|[^\w\s]/g) ?? [];
  const at = random(tokens.length);
  switch (random(5)) {
    case 0:
      return tokens.toSpliced(at, 1 + random(3)).join('');
    case 1:
      return tokens.toSpliced(at, 0, ` ${words[random(words.length)] ?? ''} `).join('');
    case 2:
      return tokens.with(at, tokens[random(tokens.length)] ?? '').join('');
    case 3:
      return tokens.toSpliced(at, 0, ...tokens.slice(at, at + 1 + random(8))).join('');
    default:
      return text.slice(0, random(text.length));
  }
};

const answer = async (engine: Engine, text: string): Promise<void> => {
  const result = engine.compile('kql', text, origin);
  if (!result.ok) {
    const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors, 'a reason').not.to.equal([]);
    for (const { place } of errors) expect(place?.line, 'a place').to.be.at.least(1);
    return;
  }
  try {
    await engine.run(result.query, { now, signal: AbortSignal.timeout(5000) });
  } catch (error) {
    // What DuckDB says of the statement itself would be a statement that we rendered wrong.
    expect(String(error)).not.to.match(/(Parser|Binder|Catalog|INTERNAL) Error/);
    expect(String(error)).not.to.match(/TypeError|RangeError|aborted|INTERRUPT/i);
  }
};

describe('mutated queries', function () {
  this.timeout(Math.max(60_000, mutations * 100));
  let opened: Opened;

  before(async () => {
    const columns = [
      { name: 'Name', type: 'string' },
      { name: 'Count', type: 'long' },
      { name: 'When', type: 'datetime' },
    ] as const;
    const rows = [1, 2, 3, 9].map((Count) => ({ Name: `{"a${Count}":${Count}}`, Count, When: '2026-11-20T12:00:00Z' }));
    opened = await openWith([relationOf('T', columns, rows)]);
  });

  after(() => opened[Symbol.asyncDispose]());

  it(`answer or say what is wrong with them and where: ${mutations}`, async () => {
    const random = createRandom(20261120);
    for (let count = 0; count < mutations; count++) {
      let text = seeds[random(seeds.length)] ?? '';
      for (let turn = 0; turn <= random(3); turn++) text = mutate(text, random);
      try {
        await answer(opened.engine, text);
      } catch (error) {
        throw new Error(`${JSON.stringify(text)}: ${String(error)}`, { cause: error });
      }
    }
  });
});
