import { expect } from 'chai';
import { answer, day, end, hour, messages, minute, problems } from './messages.ts';

const slice = (ago: number): number => end - ago;

/** Messages of so many at each hour before the end: `[3, 1]` is three in the hour before last and one in the last. */
const perHour = (counts: readonly number[]) =>
  messages(
    counts.flatMap((count, index) =>
      Array.from({ length: count }, (_, at) => ({
        raw: `login n=${at}`,
        time: end - (counts.length - index) * hour + at,
      })),
    ),
  );

describe('Sumo operators over what an aggregate gave', function () {
  this.timeout(60_000);

  const status = messages(
    [200, 404, 200, 500, 200].map((code, index) => ({
      raw: `status=${code}`,
      time: end - (index < 3 ? 10 : 5) * minute + index,
    })),
  );
  const byStatus = '* | parse "status=*" as status_code | timeslice 5m | count by _timeslice, status_code';

  it('transpose makes a column of each value, in the order of their names', async () => {
    expect(
      await answer(`${byStatus} | transpose row _timeslice column status_code | sort _timeslice asc`, [status]),
    ).to.deep.equal({
      columns: ['_timeslice', '200', '404', '500'],
      rows: [
        [slice(10 * minute), 2, 1, null],
        [slice(5 * minute), 1, null, 1],
      ],
    });
  });

  it('transpose as gives the columns that it names, in that order, and with a star the others behind', async () => {
    const named = `${byStatus} | transpose row _timeslice column status_code as %"500", %"200"`;
    expect(await answer(`${named} | where _timeslice = ${slice(5 * minute)}`, [status])).to.deep.equal({
      columns: ['_timeslice', '500', '200'],
      rows: [[slice(5 * minute), 1, 1]],
    });
    expect((await answer(`${named}, *`, [status])).columns).to.deep.equal(['_timeslice', '500', '200', '404']);
    expect((await answer(`${named}, * | fields %"404"`, [status])).columns).to.deep.equal(['404']);
  });

  it('transpose of two values is refused at its place', async () => {
    expect(await problems('* | count, avg(x) by a, b | transpose row a column b')).to.include(
      'error sumo/unsupported 1:29',
    );
  });

  it('fillmissing timeslice gives every slice of the time range, with the length of the timeslice before', async () => {
    const found = await answer(
      'login | timeslice 15m | count by _timeslice | fillmissing timeslice | sort by _timeslice',
      [messages([{ raw: 'login', time: end - 20 * minute }])],
      { rangeMillis: hour },
    );
    expect(found.rows).to.deep.equal([
      [slice(15 * minute), 0],
      [slice(30 * minute), 1],
      [slice(45 * minute), 0],
      [slice(60 * minute), 0],
    ]);
  });

  it('fillmissing values takes the constant that with gives', async () => {
    const types = messages(['login type=web', 'login type=web', 'login type=api']);
    const query =
      'login | parse "type=*" as type | count by type | fillmissing values("web", "api", "internal") in type with -1 for _count | sort by type asc';
    expect((await answer(query, [types])).rows).to.deep.equal([
      ['api', 1],
      ['internal', -1],
      ['web', 2],
    ]);
  });

  it('fillmissing enumerates every combination of its generators, and takeLast keeps the value before', async () => {
    const sweets = messages([
      { raw: 'sweet=gum', time: end - 3 * minute },
      { raw: 'sweet=bar', time: end - 1 * minute },
    ]);
    const base = '* | parse "sweet=*" as sweets | timeslice 1m | count by _timeslice, sweets';
    const options = { rangeMillis: 3 * minute };
    const filled = `${base} | fillmissing timeslice, values all in sweets`;
    const order = '| sort by _timeslice asc, sweets asc | fields _timeslice, sweets, _count';
    expect((await answer(`${filled} ${order}`, [sweets], options)).rows.map(([, ...rest]) => rest)).to.deep.equal([
      ['bar', 0],
      ['gum', 1],
      ['bar', 0],
      ['gum', 0],
      ['bar', 1],
      ['gum', 0],
    ]);
    expect(
      (await answer(`${filled} takelast ${order}`, [sweets], options)).rows.map(([, ...rest]) => rest),
    ).to.deep.equal([
      ['bar', null],
      ['gum', 1],
      ['bar', null],
      ['gum', 1],
      ['bar', 1],
      ['gum', 1],
    ]);
    expect(
      (await answer(`${filled} | transpose row _timeslice column sweets`, [sweets], options)).columns,
    ).to.deep.equal(['_timeslice', 'bar', 'gum']);
  });

  it('outlier compares a slice with those before it, and ignores the newest', async () => {
    const query =
      'login | timeslice 1h | count by _timeslice | outlier _count window=5, threshold=3, consecutive=1, direction=+- | sort by _timeslice asc';
    const counts = [10, 12, 11, 9, 10, 60, 11, 90];
    const found = await answer(query, [perHour(counts)]);
    expect(found.columns).to.deep.equal([
      ...['_timeslice', '_count', '_count_std', '_count_error', '_count_lower', '_count_upper'],
      ...['_count_indicator', '_count_violation'],
    ]);
    expect(found.rows.map((row) => row.at(-1))).to.deep.equal([0, 0, 0, 0, 0, 1, 0, 0]);
    const sixth = found.rows[5] ?? [];
    // The five before: mean 10.4, deviation of a sample 1.140175.
    expect(sixth[3]).to.be.closeTo(60 - 10.4, 1e-9);
    expect(sixth[5]).to.be.closeTo(10.4 + 3 * 1.1401754, 1e-6);
    const down = query.replace('direction=+-', 'direction=-');
    expect((await answer(down, [perHour(counts)])).rows.map((row) => row.at(-1))).to.not.include(1);
    const twice = query.replace('consecutive=1', 'consecutive=2');
    expect((await answer(twice, [perHour(counts)])).rows.map((row) => row.at(-1))).to.not.include(1);
  });

  it('outlier by keeps series apart', async () => {
    const list = [5, 6, 5, 6, 40, 5].flatMap((count, index) =>
      Array.from({ length: count }, (_, at) => ({ raw: 'host=a', time: end - (6 - index) * hour + at })),
    );
    const steady = [40, 41, 40, 41, 40, 41].flatMap((count, index) =>
      Array.from({ length: count }, (_, at) => ({ raw: 'host=b', time: end - (6 - index) * hour + at })),
    );
    const found = await answer(
      '* | parse "host=*" as host | timeslice 1h | count by _timeslice, host | outlier _count by host | where _count_violation = 1 | fields host, _count',
      [messages([...list, ...steady])],
    );
    expect(found.rows).to.deep.equal([['a', 40]]);
  });

  it('outlier and predict ask for slices', async () => {
    expect(await problems('* | count by x | outlier _count')).to.include('error sumo/invalid 1:18');
    expect(await problems('* | timeslice 1m | count by _timeslice | predict _count by 1m model=ar')).to.deep.equal([
      'error sumo/unsupported 1:42',
    ]);
  });

  it('predict draws a line, where a slice without messages counts as zero', async () => {
    const found = await answer(
      'login | timeslice 1h | count by _timeslice | predict _count by 1h | sort by _timeslice asc',
      [perHour([1, 3, 5, 7])],
    );
    expect(found.columns).to.deep.equal(['_timeslice', '_count', '_count_predicted', '_count_error']);
    found.rows.forEach(([, count, predicted, error]) => {
      expect(predicted).to.be.closeTo(Number(count), 1e-9);
      expect(error).to.be.closeTo(0, 1e-9);
    });
    const gap = await answer(
      'login | timeslice 1h | count by _timeslice | predict _count by 1h | sort by _timeslice asc',
      [perHour([2, 0, 2])],
    );
    expect(gap.rows.map(([, , predicted]) => Number(predicted).toFixed(6))).to.deep.equal(['1.333333', '1.333333']);
  });

  it('smooth averages as many rows as there are, rollingstd takes their deviation', async () => {
    const found = await answer(
      'login | timeslice 1h | count by _timeslice | sort + _timeslice | smooth _count, 3 | rollingstd _count, 2 as deviation | fields _count, _smooth, deviation',
      [perHour([2, 4, 6, 8])],
    );
    expect(found.rows.map((row) => row.map((cell) => Number(Number(cell).toFixed(4))))).to.deep.equal([
      [2, 2, 0],
      [4, 3, 1.4142],
      [6, 4, 1.4142],
      [8, 6, 1.4142],
    ]);
  });

  it('compare puts older messages beside those of the time range', async () => {
    const list = [
      ...Array.from({ length: 3 }, () => ({ raw: 'host=a error', time: end - hour })),
      ...Array.from({ length: 2 }, () => ({ raw: 'host=a error', time: end - day - hour })),
      { raw: 'host=b error', time: end - day - hour },
      ...Array.from({ length: 4 }, () => ({ raw: 'host=a error', time: end - 2 * day - hour })),
    ];
    const base = 'error | parse "host=* " as host | count by host | compare';
    const run = (shifts: string) => answer(`${base} ${shifts} | sort by host asc`, [messages(list)]);
    expect(await run('timeshift 1d')).to.deep.equal({
      columns: ['host', '_count', '_count_1d'],
      rows: [
        ['a', 3, 2],
        ['b', null, 1],
      ],
    });
    expect(await run('with timeshift 1d 2')).to.deep.equal({
      columns: ['host', '_count', '_count_1d', '_count_2d'],
      rows: [
        ['a', 3, 2, 4],
        ['b', null, 1, null],
      ],
    });
    expect(await run('timeshift 1d 2 avg, timeshift 1d as yesterday')).to.deep.equal({
      columns: ['host', '_count', '_count_2d_avg', '_count_yesterday'],
      rows: [
        ['a', 3, 3, 2],
        ['b', null, 1, 1],
      ],
    });
    expect(await problems(`${base} timeshift 1d 14`)).to.deep.equal(['error sumo/invalid 1:51']);
  });

  it('compare lines up slices of different times', async () => {
    const list = [
      { raw: 'error', time: end - 90 * minute },
      { raw: 'error', time: end - day - 90 * minute },
      { raw: 'error', time: end - day - 90 * minute + 1 },
    ];
    const found = await answer('error | timeslice by 1h | count by _timeslice | compare timeshift 1d', [
      messages(list),
    ]);
    expect(found.rows).to.deep.equal([[end - 2 * hour, 1, 2]]);
  });

  it('timeslice in buckets is as long as a clock knows', async () => {
    const list = messages([
      { raw: 'x', time: end - 50 * minute },
      { raw: 'x', time: end - minute },
    ]);
    const found = await answer('* | timeslice 10 buckets | count by _timeslice | sort by _timeslice asc', [list], {
      rangeMillis: hour,
    });
    expect(found.rows).to.deep.equal([
      [end - 50 * minute, 1],
      [end - 10 * minute, 1],
    ]);
    expect((await answer('* | timeslice | count by _timeslice', [list], { rangeMillis: hour })).rows).to.deep.equal([
      [end - hour, 2],
    ]);
  });
});
