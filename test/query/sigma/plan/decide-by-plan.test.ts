import { expect } from 'chai';
import type { LogEvent } from '../../../../src/model/log-event.ts';
import { openDatabase } from '../../../../src/telemetry/database.ts';
import { loadSigma } from '../../../../src/query/sigma/collection/load-sigma.ts';
import { createInterpreter } from '../../../../src/query/sigma/interpret/interpreter.ts';
import { applies, viewFor, wordsOf } from '../../../../src/query/sigma/logsource/applies.ts';
import { decideByPlan } from '../../../../src/query/sigma/plan/decide-by-plan.ts';
import { readPublishedRules, readSamples, requireCorpus } from '../corpus.ts';
import { eventOf } from '../sigma-text.ts';

/** Events that stand for a source: spread over its samples. */
const mostOfSource = 60;
/** Of the rules that match nothing, one in so many is decided: each takes a query. */
const share = 8;

describe('a rule decided by SQL', () => {
  it('leaves out events whose values no column can hold', async () => {
    const [rule] = loadSigma([
      {
        file: 'r.yml',
        text: JSON.stringify({
          title: 'r',
          logsource: { product: 'windows' },
          detection: { s: { 'A b|contains': 'x', 'row|fieldref': 'C' }, condition: 's' },
        }),
      },
    ]).rules;
    if (rule === undefined) throw new Error('the rule is refused');
    await using database = await openDatabase();
    const events = [
      { 'A b': 'axb', row: '1', C: 1 },
      { Ab: 'AXB', row: 'y', C: 'Y', D: [1] },
      { Ab: ['x'], row: '1', C: '1' },
      { Ab: 'x', row: null, C: '1' },
      { Ab: 'x', row: '1' },
    ].map((fields) => eventOf(fields));
    const { compared, matched } = await decideByPlan(database, rule, events);
    expect([...compared]).to.deep.equal([0, 1, 4]);
    expect([...matched]).to.deep.equal([0, 1]);
  });

  it('matches of the published samples what the plain interpreter matches', async function () {
    this.timeout(300_000);
    requireCorpus(this);
    const { rules } = await readPublishedRules();
    const interpreter = createInterpreter();
    const bySource = new Map<string, LogEvent[]>();
    for await (const { events } of readSamples()) {
      for (const event of events) {
        const key = JSON.stringify([event.source.channel, event.source.eventId]);
        const known = bySource.get(key) ?? [];
        bySource.set(key, known);
        known.push(event);
      }
    }
    await using database = await openDatabase();
    let pairs = 0;
    let hits = 0;
    let queries = 0;
    for (const all of bySource.values()) {
      const [first] = all;
      const words = wordsOf((first as LogEvent).source);
      for (const [number, rule] of rules.entries()) {
        if (!applies(rule.logsource, words)) continue;
        const wanted = all.filter((event) => interpreter.match(rule, viewFor(rule.logsource, event)));
        if (wanted.length === 0 && number % share !== 0) continue;
        const stride = Math.ceil(all.length / mostOfSource);
        const events = [...wanted.slice(0, mostOfSource), ...all.filter((_, index) => index % stride === 0)];
        const { compared, matched } = await decideByPlan(database, rule, events);
        const isHit = (index: number): boolean => wanted.includes(events[index] as LogEvent);
        expect([...matched].sort(), rule.title).to.deep.equal([...compared].filter(isHit).sort());
        queries++;
        pairs += compared.size;
        hits += matched.size;
      }
    }
    expect(queries).to.be.greaterThan(1000);
    expect(pairs).to.be.greaterThan(30_000);
    expect(hits).to.be.greaterThan(700);
  });
});
