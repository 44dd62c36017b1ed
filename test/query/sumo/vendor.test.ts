import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseSumo } from '../../../src/query/sumo/syntax/parse-sumo.ts';
import { now, openWith, origin, relationOf } from '../support.ts';
import { hasCorpus, vendorQueries } from './conformance/corpus.ts';

/** What was reached; it may only grow. */
const reached = JSON.parse(readFileSync(join(import.meta.dirname, 'reached.json'), 'utf8')) as {
  readonly parsed: number;
  readonly compiled: number;
  readonly ran: number;
};

// Texts of all the kinds that the operators take apart, and none at all.
const messages = [
  '{"a": {"b": [1, "x", null]}, "severity": "high", "user": {"name": "jane"}, "message": "key=value, other=\\"two words\\""}',
  'Aug  2 04:06:08 host1 sshd[1234]: Failed password for root from 203.0.113.7 port 4444 ssh2',
  'a,b,"c,d",,e|f=g; {"broken": ',
  '\\ ( [ * + ? ^ $ { } " \' \u2028 \u0001 é',
  '',
].map((_raw, index) => ({ _raw, _messagetime: 1_795_000_000_000 + index, _sourceCategory: 'x', message: _raw }));

const table = relationOf(
  'sumologic_default',
  [
    { name: '_raw', type: 'string' },
    { name: '_messagetime', type: 'long' },
    { name: '_sourceCategory', type: 'string' },
    { name: 'message', type: 'string' },
  ],
  messages,
);

describe('queries that vendors ship', () => {
  before(function () {
    if (!hasCorpus()) this.skip();
  });

  it('are read, at least as many as before, and at least 97 in a hundred', () => {
    const queries = vendorQueries();
    const failed = queries.map((query) => parseSumo(query).problems[0]).filter((problem) => problem !== undefined);
    const parsed = queries.length - failed.length;
    console.log(`      ${parsed} of ${queries.length} are read (${((100 * parsed) / queries.length).toFixed(1)} %)`);
    for (const [message, same] of Map.groupBy(failed, (problem) => problem.message.replace(/ \(.*/, '')))
      console.log(`      ${same.length} × ${message.slice(0, 120)}`);
    expect(parsed).to.be.at.least(reached.parsed);
    expect(parsed / queries.length).to.be.at.least(0.97);
  }).timeout(30_000);

  it('compile and run over messages of many forms', async () => {
    await using opened = await openWith([table]);
    const queries = vendorQueries();
    let [compiled, ran] = [0, 0];
    const failures: string[] = [];
    for (const query of queries) {
      const result = opened.engine.compile('sumo', query, origin);
      if (!result.ok) continue;
      compiled++;
      try {
        await opened.engine.run(result.query, { now });
        ran++;
      } catch (error) {
        failures.push(`${String(error).slice(0, 160)} :: ${query.slice(0, 160)}`);
      }
    }
    console.log(
      `      ${compiled} of ${queries.length} compile (${((100 * compiled) / queries.length).toFixed(1)} %), ${ran} of them run`,
    );
    for (const failure of failures) console.log(`      ${failure}`);
    expect(compiled).to.be.at.least(reached.compiled);
    expect(ran).to.be.at.least(reached.ran);
  }).timeout(200_000);
});
