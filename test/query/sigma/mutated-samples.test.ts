import { expect } from 'chai';
import type { LogEvent } from '../../../src/model/log-event.ts';
import { createInterpreter } from '../../../src/query/sigma/interpret/interpreter.ts';
import { viewFor } from '../../../src/query/sigma/logsource/applies.ts';
import type { SigmaHit } from '../../../src/query/sigma/match/hit.ts';
import { createSigmaMatcher, type SigmaMatcher } from '../../../src/query/sigma/match/matcher.ts';
import { readPublishedRules, readRegressions, requireCorpus } from './corpus.ts';
import { mutate } from './mutate.ts';

/** The published samples hardly notice a rule that matches too much: changed ones do. */
describe('the published samples, changed where a rule matched', function () {
  this.timeout(300_000);
  let matcher: SigmaMatcher;
  const matched: { readonly hit: SigmaHit }[] = [];

  before(async function () {
    requireCorpus(this);
    matcher = createSigmaMatcher((await readPublishedRules()).rules, { trial: 5 });
    for (const { of, events } of await readRegressions())
      for (const event of events)
        for (const hit of matcher.match(event)) if (hit.rule.id === of.rule_id) matched.push({ hit });
  });

  const stillMatches = (hit: SigmaHit, event: LogEvent): SigmaHit | undefined =>
    matcher.match(event).find(({ rule }) => rule === hit.rule);

  it('no longer match when one item cannot hold, but by another that the explanation names', () => {
    const interpreter = createInterpreter();
    let changed = 0;
    let silent = 0;
    for (const { hit } of matched) {
      for (const { name, items } of hit.selections) {
        for (const item of items.filter(({ negated }) => !negated)) {
          const event = mutate(hit.event, hit.rule, item);
          const where = `${hit.rule.title}: ${name}: ${item.key} in record ${hit.event.origin.record}`;
          const explained = interpreter.explain(hit.rule, viewFor(hit.rule.logsource, event));
          const again = stillMatches(hit, event);
          changed++;
          expect(
            explained.selections.some(({ items: of }) => of.some((one) => one.item === item && one.matched)),
            where,
          ).to.equal(false);
          expect(again !== undefined, where).to.equal(explained.matched);
          if (again === undefined) silent++;
          // What still matches does so by what is left, and says so.
          else
            expect(again.selections.flatMap(({ items: of }) => of))
              .to.not.include(item)
              .and.to.not.deep.equal([]);
        }
      }
    }
    expect(matched.length).to.be.greaterThan(90);
    expect(changed).to.be.greaterThan(200);
    expect(silent).to.be.greaterThan(150);
  });

  it('never match when none of the items that held can hold', () => {
    for (const { hit } of matched) {
      const items = hit.selections.flatMap(({ items: of }) => of).filter(({ negated }) => !negated);
      const event = items.reduce((one, item) => mutate(one, hit.rule, item), hit.event);
      expect(stillMatches(hit, event)?.rule.title).to.equal(undefined);
    }
  });
});
