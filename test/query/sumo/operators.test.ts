import { expect } from 'chai';
import fc from 'fast-check';
import { compiled, now, openWith, origin, relationOf, type Opened } from '../support.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 20, 8);

const table = relationOf(
  'sumologic_default',
  [
    { name: '_raw', type: 'string' },
    { name: '_messagetime', type: 'long' },
    { name: 'user', type: 'string' },
    { name: 'bytes', type: 'long' },
    { name: 'ip', type: 'string' },
  ],
  [
    { _raw: 'user=ann op=get size=10', _messagetime: start + 1, user: 'ann', bytes: 10, ip: '10.0.0.1' },
    { _raw: 'user=bob op=put', _messagetime: start + hour, user: 'bob', bytes: 30, ip: '8.8.8.8' },
    { _raw: 'nothing here', _messagetime: start + hour + 5, user: 'ann', bytes: 5, ip: null },
    { _raw: 'user=cyd op=get size=7', _messagetime: start + 2 * hour, user: null, bytes: null, ip: 'x' },
  ],
);

describe('Sumo operators', () => {
  let opened: Opened;
  before(async () => {
    opened = await openWith([table]);
  });
  after(() => opened[Symbol.asyncDispose]());

  const rows = async (query: string): Promise<readonly (readonly unknown[])[]> =>
    (await opened.engine.run(compiled(opened.engine.compile('sumo', query, origin)), { now })).rows;

  const names = (query: string): readonly string[] =>
    compiled(opened.engine.compile('sumo', query, origin)).columns.map(({ name }) => name);

  const problems = (query: string): readonly string[] =>
    opened.engine
      .compile('sumo', query, origin)
      .diagnostics.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);

  it('scope: words in any case, NOT before AND before OR, metadata with wildcards', async () => {
    expect(await rows('USER op NOT put | count')).to.deep.equal([[2]]);
    expect(await rows('nothing OR user put | count')).to.deep.equal([[2]]);
    expect(await rows('user=a* | count')).to.deep.equal([[2]]);
    expect(await rows('"user=ann op" | count')).to.deep.equal([[1]]);
  });

  it('timeslice: the beginning of the hour in milliseconds', async () => {
    expect(await rows('* | timeslice 1h | count by _timeslice | sort by _timeslice asc')).to.deep.equal([
      [start, 1],
      [start + hour, 2],
      [start + 2 * hour, 1],
    ]);
  });

  it('aggregates have their default names, and leave nothing else', () => {
    expect(
      names('* | count, sum(bytes), avg(bytes), values(user), count_distinct(ip), first(user) by user'),
    ).to.deep.equal(['user', '_count', '_sum', '_avg', '_values', '_count_distinct', '_first']);
    expect(names('* | pct(bytes, 75, 95)')).to.deep.equal(['_bytes_pct_75', '_bytes_pct_95']);
    expect(problems('* | count by user | where bytes > 1')).to.deep.equal(['sumo/unknown-field 1:27']);
  });

  it('first is the newest message, last the oldest, unless a sort says otherwise', async () => {
    expect(await rows('* | where !isNull(user) | first(bytes), last(bytes)')).to.deep.equal([[5, 10]]);
    expect(await rows('* | where !isNull(user) | sort by bytes | first(user), last(bytes)')).to.deep.equal([
      ['bob', 5],
    ]);
  });

  it('values: distinct, in order, one a line', async () => {
    expect(await rows('* | values(user)')).to.deep.equal([['ann\nbob']]);
  });

  it('most_recent takes what withtime made', async () => {
    expect(
      await rows('* | withtime bytes | most_recent(bytes_withtime) as b by user | where user = "ann"'),
    ).to.deep.equal([['ann', 5]]);
    expect(problems('* | most_recent(bytes)')).to.deep.equal(['sumo/invalid 1:5']);
  });

  it('parse: drops what does not match, keeps it with nodrop, and takes a chain of nodrops as an or', async () => {
    expect(await rows('* | parse "user=* op=" as u | count')).to.deep.equal([[3]]);
    expect(await rows('* | parse "user=* op=" as u nodrop | count')).to.deep.equal([[4]]);
    expect(await rows('* | parse "op=put*" as a nodrop | parse "size=*" as b | count')).to.deep.equal([[3]]);
    expect(await rows('* | parse regex "size=(?<n>\\d+)" | sum(n)')).to.deep.equal([[17]]);
    expect(
      await rows('* | parse regex "(?<k>\\w+)=(?<v>\\w+)" multi | count by k | sort by _count, k asc'),
    ).to.deep.equal(
      [
        ['user', 3],
        ['op', 3],
        ['size', 2],
      ].sort((a, b) => Number(b[1]) - Number(a[1]) || String(a[0]).localeCompare(String(b[0]))),
    );
  });

  it('looks at other rows in the order that sort gave them', async () => {
    const byBytes = '* | where !isNull(bytes) | fields bytes, user | sort by bytes asc';
    const last = (found: readonly (readonly unknown[])[], name: string, query: string): unknown[] => {
      const at = names(query).indexOf(name);
      return found.map((row) => row[at]);
    };
    for (const [operator, wanted] of [
      ['accum bytes', [5, 15, 45]],
      ['diff bytes', [null, 5, 20]],
      ['backshift bytes, 2', [null, null, 5]],
      ['total bytes', [45, 45, 45]],
    ] as const) {
      const query = `${byBytes} | ${operator} as r`;
      expect(last(await rows(query), 'r', query), operator).to.deep.equal(wanted);
    }
    expect(await rows('* | count by user, ip | topk(1, _count) by user | count')).to.deep.equal([[3]]);
  });

  it('addresses: a row without one is dropped, whatever is asked of it', async () => {
    expect(await rows('* | where isPublicIP(ip) | count')).to.deep.equal([[1]]);
    expect(await rows('* | where !isPublicIP(ip) | count')).to.deep.equal([[1]]);
    expect(await rows('* | if(isPrivateIP(ip), 1, 0) as p | count, sum(p) as p')).to.deep.equal([[2, 1]]);
    expect(await rows('* | where compareCIDRPrefix("10.0.9.9", ip, "8") | count')).to.deep.equal([[1]]);
    expect(
      await rows('* | isReservedIP("203.0.113.9") as r | isReservedIP("8.8.8.8") as s | where r and !s | count'),
    ).to.deep.equal([[4]]);
  });

  it('null is not the empty text', async () => {
    expect(await rows('* | where isNull(user) | count')).to.deep.equal([[1]]);
    expect(await rows('* | concat(user, "") as u | where isNull(u) | count')).to.deep.equal([[0]]);
    expect(await rows('* | concat(user, "") as u | where isEmpty(u) | count')).to.deep.equal([[1]]);
  });

  it('finds every problem in one pass, each at its place', () => {
    expect(
      problems('* | where bytes > | stats count by x\n| lookup a from b on c=c | eval y = 1 | rename a as b'),
    ).to.deep.equal(['sumo/syntax 1:18', 'sumo/splunk-word 1:21', 'sumo/splunk-word 2:28', 'sumo/splunk-word 2:41']);
    expect(problems('* | transpose row user column ip | outlier bytes')).to.deep.equal([
      'sumo/unsupported 1:5',
      'sumo/invalid 1:36',
    ]);
  });

  it('a field may be called like a Splunk command, or like an operator', () => {
    expect(names('* | bytes as table | table as stats | fields stats, table').slice(0, 2)).to.deep.equal([
      'stats',
      'table',
    ]);
  });

  it('any text gives a plan or positioned problems, and never throws', () => {
    const pieces = fc.constantFrom(
      ...[
        '*',
        ' | ',
        'where ',
        'count ',
        'by ',
        'as ',
        '(',
        ')',
        '"a*"',
        '/x(/',
        'user',
        ',',
        '!',
        '=',
        ' in ',
        'parse ',
        'json ',
      ],
      ...[
        '"{{x}}"',
        '{{y}}',
        'timeslice ',
        '1h',
        'sort ',
        '-',
        'if(',
        '?',
        ':',
        'fields ',
        '[',
        '//',
        '"',
        "'",
        'multi ',
        'limit 3',
      ],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const result = opened.engine.compile('sumo', text, origin);
          if (result.ok) return;
          expect(result.diagnostics).not.to.be.empty;
          for (const { place } of result.diagnostics) expect(place?.line).to.be.at.least(1);
        },
      ),
      { numRuns: 500 },
    );
  }).timeout(20_000);
});
