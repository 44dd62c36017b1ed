import { expect } from 'chai';
import { compiled, now, openWith, origin, relationOf, type Opened } from '../support.ts';

describe('operators, plugins and functions of KQL', () => {
  let opened: Opened;

  before(async () => {
    opened = await openWith([
      relationOf(
        'Events',
        [
          { name: 'User', type: 'string' },
          { name: 'Size', type: 'long' },
          { name: 'When', type: 'datetime' },
        ],
        [
          { User: 'ann', Size: 1, When: '2026-11-20T01:00:00Z' },
          { User: 'bob', Size: 2, When: '2026-11-20T02:00:00Z' },
          { User: 'ann', Size: 3, When: '2026-11-20T03:00:00Z' },
        ],
      ),
      relationOf(
        'Alerts',
        [
          { name: 'User', type: 'string' },
          { name: 'Level', type: 'long' },
        ],
        [{ User: 'ann', Level: 9 }],
      ),
    ]);
  });

  after(() => opened[Symbol.asyncDispose]());

  const answer = async (text: string) =>
    opened.engine.run(compiled(opened.engine.compile('kql', text, origin)), { now });
  const rows = async (text: string): Promise<readonly unknown[]> => (await answer(text)).rows;
  const refusal = (text: string): string => {
    const result = opened.engine.compile('kql', text, origin);
    return result.ok ? '' : (result.diagnostics.find(({ severity }) => severity === 'error')?.message ?? '');
  };

  it('finds rows in many tables, and packs what not all of them have', async () => {
    const { columns, rows: found } = await answer('find in (Events, Alerts) where User == "ann" | sort by source_ asc');
    expect(columns.map(({ name }) => name)).to.deep.equal(['source_', 'User', 'pack_']);
    expect(found[0]).to.deep.equal(['Alerts', 'ann', { Level: 9 }]);
    expect(found).to.have.length(3);
    expect(await rows('find where Level == 9 project User, Size')).to.deep.equal([['Alerts', 'ann', null]]);
  });

  it('gives the first of several tables, and says that there are more', async () => {
    const fork = opened.engine.compile('kql', 'Events | fork (count) (take 1)', origin);
    expect(fork.diagnostics.map(({ message }) => message).join()).to.include('2 tables');
    expect(await rows('Events | fork (count) (take 1)')).to.deep.equal([[3]]);
    expect(await rows('Events | facet by User, Size')).to.have.deep.members([
      ['ann', 2],
      ['bob', 1],
    ]);
  });

  it('declares patterns, with and without a path', async () => {
    const pattern = `declare pattern Place = (ip:string)[scope:string] {
      ("a").["Town"] = { print Town = "Ghent", ip, scope };
      ("b").["Land"] = { print Land = 2 };
    };`;
    expect(await rows(`${pattern} Place("a").Town`)).to.deep.equal([['Ghent', 'a', 'Town']]);
    expect(refusal(`${pattern} Place("c").Town`)).to.include('No pattern matches');
  });

  it('nests the best values, and sums up the others at each level', async () => {
    const sales = `datatable(s:string, p:string, v:long)[
      "K","x",10, "K","y",5, "K","z",1, "T","x",30, "T","y",7, "X","x",2]`;
    expect(
      await rows(
        `${sales} | top-nested 2 of s with others="rest" by sum(v), top-nested 1 of p with others="more" by sum(v) | sort by s asc, p asc`,
      ),
    ).to.deep.equal([
      ['K', 16, 'more', 6],
      ['K', 16, 'x', 10],
      ['T', 37, 'more', 7],
      ['T', 37, 'x', 30],
      ['rest', 2, 'more', 2],
    ]);
    expect(await rows(`${sales} | top-nested 1 of s by round(avg(v), 1)`)).to.deep.equal([['T', 18.5]]);
  });

  it('runs a subquery once for each group, whatever operators it has', async () => {
    const perUser = async (query: string): Promise<readonly unknown[]> => rows(`Events | partition by User (${query})`);
    expect(
      await perUser(
        'sort by When asc | extend p = prev(Size), r = row_number(), c = row_cumsum(Size) | project Size, p, r, c',
      ),
    ).to.have.deep.members([
      [1, null, 1, 1],
      [3, 1, 2, 4],
      [2, null, 1, 2],
    ]);
    expect(await perUser('make-series n = count() on Size from 0 to 4 step 1 | project n')).to.have.deep.members([
      [[0, 1, 0, 1]],
      [[0, 0, 1, 0]],
    ]);
    expect(
      await perUser(
        'sort by When asc | scan with_match_id=m declare (n:long=0) with (step s: true => n = s.n + Size;) | project Size, n, m',
      ),
    ).to.have.deep.members([
      [1, 1, 0],
      [3, 4, 0],
      [2, 2, 0],
    ]);
    expect(await perUser('project Size | sample-distinct 1 of Size')).to.have.length(2);
    expect(await perUser('join kind=inner Alerts on User | count')).to.deep.equal([[2]]);
    expect(refusal('Events | partition by User (as X | union Alerts)')).to.include('inside a subquery');
    expect(
      await rows('print d = dynamic([3,1]) | mv-apply d to typeof(long) on (sort by d asc | extend r = row_number())'),
    ).to.deep.equal([
      [1, 1],
      [3, 2],
    ]);
  });

  it('cuts rows into sessions by their length and by the gaps in them', async () => {
    const sessions = await rows(`range x from 1 to 7 step 1 | extend t = 1m * x * x
      | serialize s = row_window_session(t, 30m, 10m) | project s`);
    expect(sessions.flat()).to.deep.equal([...Array.from({ length: 5 }, () => '00:01:00'), '00:36:00', '00:49:00']);
  });

  it('counts activity as the documentation shows it', async () => {
    const acts = (list: string): string =>
      `datatable(Who:string, At:datetime)[${list.replaceAll(/(\w+)@(\S+)/g, '"$1", datetime($2)')}]`;
    const sliding = acts(
      'Bob@2017-08-01, David@2017-08-01, David@2017-08-01, John@2017-08-01, Bob@2017-08-01, Ananda@2017-08-02, Atul@2017-08-02, John@2017-08-02, Ananda@2017-08-03, Atul@2017-08-03, Atul@2017-08-03, John@2017-08-03, Bob@2017-08-03, Betsy@2017-08-04, Bob@2017-08-05',
    ).replaceAll(',)', '),');
    const counted = await rows(
      `${sliding} | evaluate sliding_window_counts(Who, At, datetime(2017-08-01), datetime(2017-08-07), 3d, 1d) | sort by At asc | project Count, Dcount`,
    );
    expect(counted).to.deep.equal([
      [5, 3],
      [8, 5],
      [13, 5],
      [9, 5],
      [7, 5],
      [2, 2],
      [1, 1],
    ]);
  });

  it('knows the clocks of time zones, where they are put forward too', async () => {
    expect(
      await rows(`range l from datetime(2022-03-27 01:00) to datetime(2022-03-27 04:00) step 1h
        | extend u = datetime_local_to_utc(l, "Europe/Brussels") | project d = l - datetime_utc_to_local(u, "Europe/Brussels")`),
    ).to.deep.equal([['00:00:00'], ['01:00:00'], ['00:00:00'], ['00:00:00']]);
    expect(await rows('print datetime_utc_to_local(datetime(2020-01-01), "Nowhere/Land")')).to.deep.equal([[null]]);
  });

  it('merges estimates of distinct values and of percentiles, which are exact here', async () => {
    expect(
      await rows(`range x from 1 to 10 step 1 | summarize h = hll(x), t = tdigest(x) by x % 2
        | summarize dcount_hll(hll_merge(h)), percentile_tdigest(tdigest_merge(t), 50)`),
    ).to.deep.equal([[10, 5]]);
  });

  it('fits two lines and filters as the real engine does', async () => {
    const y = 'dynamic([1, 2.2, 2.5, 4.7, 5.0, 12, 10.3, 10.3, 9, 8.3, 6.2])';
    const [[fit, split] = []] = (await rows(
      `print y = ${y} | extend (r, s, v, rv, f) = series_fit_2lines(y) | project f, s`,
    )) as readonly [readonly number[], number][];
    const wanted = [0.98, 2.03, 3.08, 4.13, 5.18, 11.942857, 10.905714, 9.868571, 8.831429, 7.794286, 6.757143];
    expect(fit?.map((value) => value.toFixed(6))).to.deep.equal(wanted.map((value) => value.toFixed(6)));
    expect(split).to.equal(5);
    expect(await rows('print series_fir(dynamic([0,0,2,2,3,3]), dynamic([1,-1]), false, false)')).to.deep.equal([
      [[0, 0, 2, 0, 1, 0]],
    ]);
    expect(
      await rows('print series_fir(dynamic([0,0,0,10,20,40,100]), dynamic([1,1,1,1,1]), true, true)'),
    ).to.deep.equal([[[0, 2, 6, 14, 34, 34, 32]]]);
  });

  it('keeps of an inner union the columns that all have', async () => {
    const { columns, rows: found } = await answer(
      'union kind=inner withsource=From Events, Alerts | where From == "Alerts"',
    );
    expect(columns.map(({ name }) => name)).to.deep.equal(['From', 'User']);
    expect(found).to.deep.equal([['Alerts', 'ann']]);
  });

  it('shows what a function gives where its type is not the binder’s', async () => {
    expect(
      await rows('print datetime_diff("Week", datetime(2020-01-12), datetime(2020-01-01)), toupper("straße")'),
    ).to.deep.equal([[2, 'STRAßE']]);
    expect(await rows('union (print h = hourofday(datetime(2020-01-01 05:00))), (print h = 1)')).to.have.deep.members([
      [5],
      [1],
    ]);
  });

  it('sorts NaN beside the nulls', async () => {
    const values = 'datatable(x:real)[1.0, real(nan), real(null), real(-inf)]';
    const sorted = async (order: string): Promise<readonly unknown[]> =>
      (await rows(`${values} | sort by x ${order}`)).flat();
    expect(await sorted('asc')).to.deep.equal([null, 'NaN', '-Infinity', 1]);
    expect(await sorted('desc')).to.deep.equal([1, '-Infinity', 'NaN', null]);
    expect(await sorted('asc nulls last')).to.deep.equal(['-Infinity', 1, 'NaN', null]);
    expect((await rows(`${values} | top 1 by x`)).flat()).to.deep.equal([1]);
  });

  it('refuses arithmetic over types that have none in common', async () => {
    expect(await rows('print -dynamic(2), -1h, -1.5')).to.deep.equal([[-2, '-01:00:00', -1.5]]);
    expect(refusal('print (2026-11-20) - 1d')).to.include('does not take a long and a timespan');
    expect(refusal('print 1 + dynamic(2), 1d + 1d, datetime(2026-11-20) - 1d, 2 * 1d, 1.5 % 1')).to.equal('');
  });

  it('asks for the period of a series rather than guessing it', () => {
    expect(refusal('print series_decompose_anomalies(dynamic([1,2,3]))')).to.include('say how many points');
    expect(refusal('print series_decompose_anomalies(dynamic([1,2,3]), 1.5, 7)')).to.equal('');
  });
});
