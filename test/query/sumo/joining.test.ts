import { expect } from 'chai';
import { relationOf } from '../support.ts';
import { answer, end, messages, minute, problems } from './messages.ts';

describe('Sumo operators that bring rows of elsewhere', function () {
  this.timeout(60_000);

  const streams = messages([
    'starting stream from stream-2454',
    'starting stream from stream-7343',
    'starting search search-733434 from parent stream stream-2454',
    'starting search search-854343 from parent stream stream-7343',
    'starting stream from stream-6543',
    'starting search search-455563 from parent stream stream-6543',
    'starting search search-32342 from parent stream stream-7343',
  ]);
  const join =
    '* | join (parse "starting stream from *" AS a) AS T1, (parse "starting search * from parent stream *" AS b, c) AS T2 on T1.a = T2.c';

  it('join: the rows that agree, under their tables’ names', async () => {
    const found = await answer(`${join} | sort by t1_a asc, t2_b desc`, [streams]);
    expect(found).to.deep.equal({
      columns: ['t1_a', 't2_b', 't2_c'],
      rows: [
        ['stream-2454', 'search-733434', 'stream-2454'],
        ['stream-6543', 'search-455563', 'stream-6543'],
        ['stream-7343', 'search-854343', 'stream-7343'],
        ['stream-7343', 'search-32342', 'stream-7343'],
      ],
    });
    expect((await answer(`${join} | fields t1_a, t2_b`, [streams])).columns).to.deep.equal(['t1_a', 't2_b']);
  });

  it('join … timewindow: only what lies close enough', async () => {
    const list = messages([
      { raw: 'start 1', time: end - 30 * minute },
      { raw: 'stop 1', time: end - 25 * minute },
      { raw: 'start 2', time: end - 30 * minute },
      { raw: 'stop 2', time: end - 5 * minute },
    ]);
    const query = '* | join (parse "start *" as a) as t1, (parse "stop *" as b) as t2 on t1.a = t2.b timewindow 10m';
    expect((await answer(query, [list])).rows).to.deep.equal([['1', '1']]);
  });

  it('join: what does not belong together is said at its place', async () => {
    expect(await problems('* | join (parse "x *" as a) as t1, (parse "y *" as b) as t2 on t1.a = t2.z')).to.deep.equal([
      'error sumo/unknown-field 1:71',
    ]);
    expect(await problems('* | join (parse "x *" as a) as t1 on')).to.deep.equal(['error sumo/syntax 1:37']);
  });

  const users = relationOf(
    'Suspicious Users',
    [
      { name: 'email', type: 'string' },
      { name: 'cell', type: 'string' },
    ],
    [{ email: 'Ann@x.org', cell: '555' }],
  );
  const mails = messages(['mail=ann@x.org', 'mail=bob@x.org']);

  it('lookup: fields of the row that agrees in any case, null where none does', async () => {
    const query =
      '* | parse "mail=*" as userEmail | lookup cell as c1 from path://"/Library/Users/me@sumologic.com/Suspicious Users" on userEmail=email | if(isNull(c1), "unknown", c1) as c1 | fields userEmail, c1 | sort by userEmail asc';
    expect((await answer(query, [mails, users])).rows.map((row) => row.slice(0, 2))).to.deep.equal([
      ['ann@x.org', '555'],
      ['bob@x.org', 'unknown'],
    ]);
  });

  it('lookup *: all fields of the table', async () => {
    const query =
      '* | parse "mail=*" as m | lookup * from "Suspicious Users" on m=email | where !isNull(cell) | fields - _raw, _messagetime';
    expect(await answer(query, [mails, users])).to.deep.equal({
      columns: ['m', 'email', 'cell'],
      rows: [['ann@x.org', 'Ann@x.org', '555']],
    });
  });

  it('lookup in a table that nobody gave counts as null, and says so', async () => {
    const query =
      '* | parse "mail=*" as m | lookup status_code from shared/statusupdates on m = code | where isNull(status_code) | count';
    expect((await answer(query, [mails])).rows).to.deep.equal([[2]]);
    expect(await problems(query, [mails])).to.deep.equal(['warning sumo/no-lookup-table 1:27']);
  });

  const places = relationOf(
    'geo://location',
    [
      { name: 'network', type: 'string' },
      { name: 'latitude', type: 'real' },
      { name: 'longitude', type: 'real' },
      { name: 'country_code', type: 'string' },
      { name: 'country_name', type: 'string' },
      { name: 'city', type: 'string' },
      { name: 'state', type: 'string' },
    ],
    [
      {
        network: '67.180.0.0/16',
        latitude: 37.4,
        longitude: -122.1,
        country_code: 'US',
        country_name: 'United States',
        city: 'x',
        state: 'CA',
      },
    ],
  );
  const addresses = messages(['[remote_ip=67.180.85.25] login', '[remote_ip=10.0.0.1] login']);

  it('geoip: where an address is, by network', async () => {
    const query =
      '| parse "remote_ip=*]" as remote_ip | geoip remote_ip | if (isNull(country_code), "unknown", country_code) as country_code | fields remote_ip, country_code, latitude | sort by remote_ip desc';
    expect((await answer(query, [addresses, places])).rows.map((row) => row.slice(0, 3))).to.deep.equal([
      ['67.180.85.25', 'US', 37.4],
      ['10.0.0.1', 'unknown', null],
    ]);
    const lookup =
      '* | parse "remote_ip=*]" as ip | lookup country_code, city from geo://location on ip=ip | count by country_code';
    expect((await answer(lookup, [addresses, places])).rows).to.have.lengthOf(2);
  });

  const shop = messages([
    'nginx src_ip=243.63.233.30',
    'nginx src_ip=243.63.233.30',
    'nginx src_ip=10.0.0.7',
    'checkout 243.63.233.30 func=process_cart',
    'checkout 243.63.233.30 func=charge',
    'checkout 10.0.0.7 func=charge',
  ]);
  const child = 'nginx | parse "src_ip=*" as src_ip | count by src_ip | topk(1, _count)';

  it('a subquery with keywords gives words of the message', async () => {
    const query = `checkout [subquery: ${child} | compose src_ip keywords] | count`;
    expect((await answer(query, [shop])).rows).to.deep.equal([[2]]);
  });

  it('a subquery in where and if compares the fields that it composes', async () => {
    const parsed = 'checkout | parse "checkout * func=*" as src_ip, func';
    expect(
      (await answer(`${parsed} | where [subquery: ${child} | compose src_ip] | count`, [shop])).rows,
    ).to.deep.equal([[2]]);
    expect(
      (await answer(`${parsed} | where ![subquery: ${child} | compose src_ip] | count`, [shop])).rows,
    ).to.deep.equal([[1]]);
    const query = `${parsed} | if ([subquery: ${child} | compose src_ip], "top", "other") as who | count by who | sort by who asc`;
    expect((await answer(query, [shop])).rows).to.deep.equal([
      ['other', 1],
      ['top', 2],
    ]);
  });

  it('a subquery’s mistakes are pointed at in the whole text', async () => {
    expect(await problems('* | where [subquery: x | stats count | compose a]')).to.include(
      'error sumo/splunk-word 1:26',
    );
    expect(await problems('* | where [subquery from=(-15m): x | compose a]')).to.deep.equal([
      'error sumo/unsupported 1:11',
    ]);
    expect(await problems('* | where [subquery: x | count]')).to.deep.equal(['error sumo/invalid 1:11']);
  });
});
