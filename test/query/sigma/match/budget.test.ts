import { expect } from 'chai';
import { loadSigma } from '../../../../src/query/sigma/collection/load-sigma.ts';
import { createSigmaMatcher, type MatcherOptions } from '../../../../src/query/sigma/match/matcher.ts';
import { eventOf } from '../sigma-text.ts';

/** Rules by their ids, each with one expression over `Text`. */
const matcherOf = (expressions: Readonly<Record<string, string>>, options: MatcherOptions = {}) => {
  const files = Object.entries(expressions).map(([id, expression]) => ({
    file: `${id}.yml`,
    text: JSON.stringify({
      title: id,
      id,
      logsource: { product: 'windows' },
      detection: { selection: { 'Text|re': expression }, condition: 'selection' },
    }),
  }));
  const { rules, refused } = loadSigma(files);
  expect(refused).to.deep.equal([]);
  return createSigmaMatcher(rules, { trial: 0, checkedEvery: 1, ...options });
};

const undecided = (matcher: ReturnType<typeof matcherOf>): Readonly<Record<string, number>> =>
  Object.fromEntries([...matcher.undecided()].map(([{ id }, events]) => [id, events]));

/** Remembering which of the last twenty characters were an a takes a million states: none is met twice. */
const exploding = 'a[ab]{20}c';
let seed = 1;
const noise = (length: number): string =>
  Array.from({ length }, () => ((seed = (seed * 48_271) % 0x7fff_ffff) & 64) === 0).reduce(
    (text, isA) => text + (isA ? 'a' : 'b'),
    '',
  );

describe('the budget of a rule', () => {
  it('is not needed by what stalls engines that try again: those expressions take no longer than others', () => {
    const matcher = matcherOf({ nested: '(a+)+$', twice: '(a|aa)+$', mail: '^([a-z0-9]+.)+@', greedy: '(.*a){20}$' });
    const found = matcher.match(eventOf({ Text: `${'a'.repeat(50_000)}!` }));
    expect(found.map(({ rule }) => rule.id)).to.deep.equal([]);
    const end = matcher.match(eventOf({ Text: 'a'.repeat(50_000) }));
    expect(end.map(({ rule }) => rule.id)).to.have.members(['nested', 'twice', 'greedy']);
    expect(undecided(matcher)).to.deep.equal({});
    expect(matcher.disagreements).to.deep.equal([]);
  });

  it('ends a search that makes new states without end, and leaves that rule open, for that event, and no other', () => {
    const matcher = matcherOf({ exploding, plain: 'needle' }, { work: { inText: 20_000, inAll: 1e9 } });
    const found = matcher.match(eventOf({ Text: `${noise(20_000)} needle` }));
    expect(found.map(({ rule }) => rule.id)).to.deep.equal(['plain']);
    expect(undecided(matcher)).to.deep.equal({ exploding: 1 });
    const short = matcher.match(eventOf({ Text: `a${'b'.repeat(20)}c` }));
    expect(short.map(({ rule }) => rule.id)).to.deep.equal(['exploding']);
    expect(undecided(matcher)).to.deep.equal({ exploding: 1 });
    expect(matcher.disagreements).to.deep.equal([]);
  });

  it('ends the rule where it has cost too much in all: what it would match then is counted as open', () => {
    const matcher = matcherOf({ exploding, plain: 'b' }, { work: { inText: 20_000, inAll: 50_000 } });
    for (let count = 0; count < 10; count++)
      expect(matcher.match(eventOf({ Text: `${noise(5000)}${count}` })).map(({ rule }) => rule.id)).to.include('plain');
    matcher.match(eventOf({ Text: `a${'b'.repeat(20)}c` }));
    expect(undecided(matcher)['exploding']).to.equal(11);
    expect(matcher.disagreements).to.deep.equal([]);
  });

  it('is that of every rule that asks the same', () => {
    const matcher = matcherOf({ one: exploding, other: exploding }, { work: { inText: 1000, inAll: 1e9 } });
    matcher.match(eventOf({ Text: noise(5000) }));
    expect(undecided(matcher)).to.deep.equal({ one: 1, other: 1 });
  });
});
