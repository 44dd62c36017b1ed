import { expect } from 'chai';
import fc from 'fast-check';
import { isError } from '../../../src/model/diagnostic.ts';
import { QueryError } from '../../../src/query/query-error.ts';
import { now, openWith, origin } from '../support.ts';
import { end, messages, minute } from './messages.ts';

/** Queries that between them use every operator. */
const seeds = [
  '_sourceCategory=a* (error OR "two words") NOT x | parse "user=*, op=*" as user, op nodrop | count by user, op | sort by _count desc | limit 5',
  '* | parse regex "(?<ip>\\d+\\.\\d+)" multi | where ip matches "10.*" or !(isPublicIP(ip)) | count_distinct(ip) as n',
  '* | json auto | json field=_raw "a.b[0]", "c" as x, y nodrop | where x in (1, 2) and isNull(y) | fields x, y',
  '* | timeslice 5m | count by _timeslice, x | transpose row _timeslice column x as %"a b", *',
  '* | timeslice 1h | count by _timeslice, x | fillmissing timeslice(1h), values("a") in x with 0 for _count takelast',
  '* | timeslice 1h | count by _timeslice | outlier _count window=5, threshold=3, direction=+- | where _count_violation = 1',
  '* | timeslice 1h | sum(x) as s by _timeslice | predict s by 1h | smooth s, 5 | rollingstd s as r | accum s | backshift s, 1 | diff s | total s',
  '* | count by x | compare with timeshift 1d 3 avg, timeshift 1w as old',
  '* | lookup a as b, c from path://"/Library/x y" on x=k, z=l | geoip ip region | if(isEmpty(b), "none", b) as b',
  '* | join (parse "a *" as a) as t1, (parse "b *" as b) as t2 on t1.a = t2.b timewindow 10m | fields t1_a',
  'x [subquery: y | count by z | topk(1, _count) | compose z keywords] | where [subquery: y | count by z | compose z] | count',
  '* | parse xml "/a/b[2]/@c" as c nodrop | csv _raw extract 1 as a, 3 as b | split b delim=\':\' extract 1 as d | kv "k" as v',
  '* | num(x) + 2k * -3 / abs(y) % 5 as z | x = y ? "a" : concat("b", x, 1) as w | formatDate(toLong(z), "yyyy", "UTC") as t // end',
  '* | values(x), pct(y, 50, 99), first(z), last(z), stddev(y) by a | withtime a | top 5 a by _values | dedup 2 by a | /* c */ format("%s", a) as f',
];

const parts = [
  '|',
  '"',
  "'",
  '(',
  ')',
  '[',
  ']',
  ',',
  '=',
  '!',
  '*',
  '/',
  '%',
  '{{x}}',
  ' as ',
  ' by ',
  '\\',
  '\n',
  'é',
  '\u0000',
];

/** A seed with a few pieces left out, doubled, moved or put in. */
const mutated = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.nat(3), fc.constantFrom(...parts)), { minLength: 1, maxLength: 6 }),
  )
  .map(([seed, edits]) =>
    edits.reduce((text, [place, length, kind, part]) => {
      const at = place % (text.length + 1);
      const [before, piece, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
      return (
        [before + after, before + piece + piece + after, before + part + piece + after, piece + before + after][kind] ??
        text
      );
    }, seed),
  );

describe('mutated queries of Sumo', () => {
  const table = messages([
    { raw: '{"a": {"b": [1]}, "user": "ann"} user=ann, op=get', time: end - minute },
    { raw: '<a><b/><b c="1"/></a> x=1', time: end - 2 * minute },
  ]);

  it('give a plan, or errors with their places, and never take long: ten thousand of them', async () => {
    await using opened = await openWith([table]);
    let [slowest, accepted] = [0, 0];
    fc.assert(
      fc.property(mutated, (text) => {
        const start = performance.now();
        const compiled = opened.engine.compile('sumo', text, origin);
        slowest = Math.max(slowest, performance.now() - start);
        if (compiled.ok) accepted++;
        else {
          const errors = compiled.diagnostics.filter(isError);
          expect(errors).to.not.have.lengthOf(0);
          for (const { place } of errors) expect(place?.line).to.be.at.least(1);
        }
      }),
      { numRuns: 10_000, seed: 20_261_120 },
    );
    expect(accepted).to.be.greaterThan(500);
    expect(slowest).to.be.lessThan(2000);
  }).timeout(180_000);

  it('run where they compile, or fail with errors at places', async () => {
    await using opened = await openWith([table]);
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        const compiled = opened.engine.compile('sumo', text, origin);
        if (!compiled.ok) return;
        try {
          await opened.engine.run(compiled.query, { now });
        } catch (error) {
          expect(error, `${String(error)} :: ${text}`).to.be.instanceOf(QueryError);
        }
      }),
      { numRuns: 400, seed: 20_261_120 },
    );
  }).timeout(180_000);
});
