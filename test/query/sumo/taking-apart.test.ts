import { expect } from 'chai';
import { answer, messages, problems } from './messages.ts';

const xml = `<users>
   <user id="123" role="manager">
      <first_name>Sally</first_name>
      <last_name>Jones</last_name>
   </user>
   <user id="456" role="contributor">
      <first_name>Bob</first_name>
      <last_name>Smith</last_name>
   </user>
</users>`;

describe('Sumo operators that take texts apart', function () {
  this.timeout(60_000);

  const first = async (query: string, text: string): Promise<unknown> =>
    (await answer(query, [messages([text])])).rows[0]?.[0];

  it('parse xml: elements, the second, the last, by an attribute, and attributes', async () => {
    const at = (path: string): Promise<unknown> => first(`* | parse xml "${path}" as x | fields x`, xml);
    expect(await at('/users/user/first_name/text()')).to.equal('Sally');
    expect(await at('/users/user[2]/first_name/text()')).to.equal('Bob');
    expect(await at('/users/user[last()]/first_name/text()')).to.equal('Bob');
    expect(await at('/users/user[@id=456]/first_name/text()')).to.equal('Bob');
    expect(await at('/users/user/@id')).to.equal('123');
    expect(await at('/users/user[last()]/@id')).to.equal('456');
    expect(await at('/users/nobody/text()')).to.equal('');
    const both = await answer(
      '* | parse xml "/users/user/@id", "/users/user/first_name/text()" as id, first_name | count by id, first_name',
      [messages([xml])],
    );
    expect(both.rows).to.deep.equal([['123', 'Sally', 1]]);
  });

  it('parse xml knows only the way down', async () => {
    expect(await problems('* | parse xml "//af" as x')).to.include('error sumo/invalid 1:15');
    expect(await problems('* | parse xml "/a/../@type" as x')).to.include('error sumo/invalid 1:15');
  });

  it('several patterns in one parse must all be there', async () => {
    const query = '* | parse "user=* " as user, regex "op=(?<op>\\w+)" | count by user, op';
    expect((await answer(query, [messages(['user=ann op=get', 'user=bob x'])])).rows).to.deep.equal([
      ['ann', 'get', 1],
    ]);
  });

  it('json auto gives every field where the query names none', async () => {
    const found = await answer('* | json auto', [messages(['{"a": {"b": 1}, "c": [1, 2]}', '{"d": "x"}'])]);
    expect(found.columns.slice(2)).to.deep.equal(['a.b', 'c', 'd']);
    expect(found.rows.map((row) => row.slice(2))).to.deep.include.members([
      [1, '[1,2]', ''],
      [null, '', 'x'],
    ]);
  });

  it('keyvalue auto gives every pair, and finds what the query names', async () => {
    const pairs = messages(['a=1, b="two words"']);
    expect((await answer('* | keyvalue auto', [pairs])).columns.slice(2)).to.deep.equal(['a', 'b']);
    expect((await answer('* | kv auto | count by b', [pairs])).rows).to.deep.equal([['two words', 1]]);
  });

  it('parseDate: by a pattern, with the zone of the text or one given', async () => {
    expect(
      await first(
        '* | parseDate(_raw, "yyyy-MM-dd\'T\'HH:mm:ss.SSSXXX") as m | fields m',
        '2019-11-18T19:00:00.000-08:00',
      ),
    ).to.equal(Date.UTC(2019, 10, 19, 3));
    expect(
      await first('* | parseDate(_raw, "yyyyMMddHHmmss", "etc/utc") as m | fields m', '20170720000030.000000'),
    ).to.equal(Date.UTC(2017, 6, 20, 0, 0, 30));
    expect(
      await first(
        '* | parseDate(_raw, "MM/dd/yyyy hh:mm a", "America/New_York") as m | fields m',
        '07/04/2026 01:30 PM other',
      ),
    ).to.equal(Date.UTC(2026, 6, 4, 17, 30));
    expect(await first('* | parseDate(_raw, "MM/dd/yyyy") as m | fields m', 'other 3/4/2005')).to.equal(null);
  });

  it('times of the query: its end, its beginning, and what lies between', async () => {
    expect(
      await first('* | queryEndTime() - queryStartTime() as r | r / queryTimeRange() as r | fields r', 'x'),
    ).to.equal(1);
  });
});
