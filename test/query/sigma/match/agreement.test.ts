import { expect } from 'chai';
import fc from 'fast-check';
import { createInterpreter } from '../../../../src/query/sigma/interpret/interpreter.ts';
import { createSigmaMatcher } from '../../../../src/query/sigma/match/matcher.ts';
import { loadSigma } from '../../../../src/query/sigma/collection/load-sigma.ts';
import { event, rule } from '../generated.ts';
import { eventOf } from '../sigma-text.ts';

describe('the streaming matcher', () => {
  for (const [caching, trial] of [
    [true, 0],
    [false, 2],
  ] as const) {
    it(`finds exactly what the plain interpreter finds, with value caches ${caching ? 'on' : 'off'}`, function () {
      this.timeout(60_000);
      let hits = 0;
      fc.assert(
        fc.property(
          fc.array(rule, { minLength: 1, maxLength: 8 }),
          fc.array(event, { minLength: 1, maxLength: 12 }),
          (detections, events) => {
            const texts = detections.map((detection, n) =>
              JSON.stringify({ title: `r${n}`, id: `r${n}`, logsource: { product: 'windows' }, detection }),
            );
            const { rules, refused } = loadSigma(texts.map((one, n) => ({ file: `${n}.yml`, text: one })));
            expect(refused.flatMap(({ reasons }) => reasons.map(({ message }) => message))).to.deep.equal([]);
            const matcher = createSigmaMatcher(rules, { caching, trial });
            const interpreter = createInterpreter();
            for (const fields of events) {
              const one = eventOf(fields);
              const wanted = rules.filter((candidate) => interpreter.match(candidate, one)).map(({ id }) => id);
              const got = matcher.match(one).map((hit) => hit.rule.id);
              hits += wanted.length;
              expect(got.sort()).to.deep.equal(wanted.sort());
            }
            expect(matcher.disagreements).to.deep.equal([]);
          },
        ),
        { numRuns: 400 },
      );
      expect(hits).to.be.greaterThan(1000);
    });
  }
});
