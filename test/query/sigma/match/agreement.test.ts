import { expect } from 'chai';
import fc from 'fast-check';
import type { LogEvent } from '../../../../src/model/log-event.ts';
import { createInterpreter, type Interpreter } from '../../../../src/query/sigma/interpret/interpreter.ts';
import { createSigmaMatcher } from '../../../../src/query/sigma/match/matcher.ts';
import { loadSigma } from '../../../../src/query/sigma/collection/load-sigma.ts';
import type { SigmaRule } from '../../../../src/query/sigma/rule/rule.ts';
import { event, rule } from '../generated.ts';
import { eventOf } from '../sigma-text.ts';

/** Which selections and items the interpreter says matched. */
const explained = (interpreter: Interpreter, of: SigmaRule, one: LogEvent) =>
  interpreter
    .explain(of, one)
    .selections.filter(({ matched }) => matched)
    .map(({ name, items }) => ({ name, items: items.filter(({ matched }) => matched).map(({ item }) => item) }));

describe('the streaming matcher', () => {
  for (const trial of [0, 2]) {
    it(`finds exactly what the plain interpreter finds, with an index after ${trial} events`, function () {
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
            const matcher = createSigmaMatcher(rules, { trial, checkedEvery: 3 });
            const interpreter = createInterpreter();
            for (const fields of events) {
              const one = eventOf(fields);
              const wanted = rules.filter((candidate) => interpreter.match(candidate, one)).map(({ id }) => id);
              const found = matcher.match(one);
              const got = found.map((hit) => hit.rule.id);
              for (const hit of found) expect(hit.selections).to.deep.equal(explained(interpreter, hit.rule, one));
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
