import { expect } from 'chai';
import { isMet, verdictOf, type Facts, type Outcome } from '../../../src/judge/detections/verdict.ts';
import type { DetectionExpectation } from '../../../src/model/scenario.ts';

const silent: Facts = { fired: false, withoutAttack: false, silenceExpected: false, mustNotFire: false, blind: false };

describe('the verdict of a detection that ran', () => {
  const cases: readonly [string, Partial<Facts>, string][] = [
    ['fired', { fired: true }, 'fired'],
    ['fired although nobody claims that it catches this', { fired: true, silenceExpected: true }, 'fired'],
    ['would have fired without the attack', { fired: true, withoutAttack: true }, 'noisy'],
    ['fired where it must not', { fired: true, silenceExpected: true, mustNotFire: true }, 'noisy'],
    ['was silent', {}, 'missed'],
    ['was silent and could not have seen it', { blind: true }, 'blind'],
    ['was silent as expected', { silenceExpected: true }, 'quiet'],
    ['was silent as expected, but could not have seen anything', { silenceExpected: true, blind: true }, 'blind'],
  ];
  for (const [what, facts, verdict] of cases) {
    it(`is ${verdict} when it ${what}`, () => {
      expect(verdictOf({ ...silent, ...facts })).to.equal(verdict);
    });
  }
});

describe('an expectation', () => {
  const expectation = (fields: Partial<DetectionExpectation>): DetectionExpectation => ({
    detection: 'd',
    verdict: 'fired',
    clause: null,
    phaseShare: null,
    place: { file: 's.yaml', line: 1, column: 1 },
    ...fields,
  });
  const outcome = (verdict: Outcome['verdict'], fired: number, clause?: string): Outcome => ({
    verdict,
    reason: clause === undefined ? null : { summary: '', clause, blockers: [] },
    phases: { tried: 12, fired },
  });

  it('of fired means at every start offset', () => {
    expect(isMet(expectation({}), outcome('fired', 12))).to.equal(true);
    expect(isMet(expectation({}), outcome('fired', 11))).to.equal(false);
    expect(isMet(expectation({}), outcome('missed', 0))).to.equal(false);
  });

  it('may be a range of start offsets, in percent', () => {
    const half = expectation({ phaseShare: { min: 50, max: 75 } });
    expect([5, 6, 9, 10, 12].map((fired) => isMet(half, outcome('fired', fired)))).to.deep.equal([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(isMet(expectation({ phaseShare: { min: 50, max: null } }), outcome('fired', 12))).to.equal(true);
  });

  it('of missed may name the clause it must be missed at', () => {
    const named = expectation({ verdict: 'missed', clause: 'RemoteIPType' });
    expect(isMet(named, outcome('missed', 0, 'RemoteIPType == "Public"'))).to.equal(true);
    expect(isMet(named, outcome('missed', 0, 'ActionType == "x"'))).to.equal(false);
    expect(isMet(named, outcome('missed', 0))).to.equal(false);
  });

  it('that nobody made is met, unless we failed', () => {
    expect(isMet(null, outcome('missed', 0))).to.equal(true);
    expect(isMet(null, outcome('noisy', 12))).to.equal(true);
    expect(isMet(null, outcome('error', 0))).to.equal(false);
  });
});
