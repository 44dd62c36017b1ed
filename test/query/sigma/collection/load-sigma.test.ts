import { expect } from 'chai';
import { loadSigma, type LoadSigmaOptions } from '../../../../src/query/sigma/collection/load-sigma.ts';
import { createSigmaMatcher } from '../../../../src/query/sigma/match/matcher.ts';
import { eventOf } from '../sigma-text.ts';

const load = (text: string, options: LoadSigmaOptions = {}) => loadSigma([{ file: 'rules.yml', text }], options);

const rule = (title: string, more = ''): string => `title: ${title}
id: ${title.toLowerCase()}
logsource: { product: windows }
detection:
  selection: { A: x }
  condition: selection
${more}`;

const filter = (condition: string): string => `title: Ours
logsource: { product: windows }
filter:
  rules: [one]
  selection: { User|startswith: adm_ }
  condition: ${condition}
`;

describe('Sigma files', () => {
  it('hold several rules', () => {
    const { rules } = load(`${rule('One')}---\n${rule('Two')}`);
    expect(rules.map(({ title }) => title)).to.deep.equal(['One', 'Two']);
  });

  it('give their globals to the rules after them', () => {
    const text = `action: global\nlevel: high\nlogsource: { product: linux }\n---\ntitle: One\ndetection: { s: { A: x }, condition: s }\n`;
    const [one] = load(text).rules;
    expect(one).to.include({ title: 'One', level: 'high' });
    expect(one?.logsource.product).to.equal('linux');
  });

  it('repeat the rule before with changes', () => {
    const { rules } = load(`${rule('One')}---\naction: repeat\ntitle: Two\ndetection: { selection: { A: y } }\n`);
    const match = (value: string): readonly string[] =>
      createSigmaMatcher(rules)
        .match(eventOf({ A: value }))
        .map((hit) => hit.rule.title);
    expect(match('x')).to.deep.equal(['One']);
    expect(match('y')).to.deep.equal(['Two']);
  });

  it('forget their globals on reset', () => {
    const { rules } = load(`action: global\nlevel: high\n---\naction: reset\n---\n${rule('One')}`);
    expect(rules[0]?.level).to.equal(null);
  });

  it('point at what is wrong, within the condition', () => {
    const { refused } = load(rule('One').replace('condition: selection', 'condition: selection and filtr'));
    const [reason] = refused[0]?.reasons ?? [];
    expect(reason).to.include({ code: 'sigma/condition', message: 'there is no selection "filtr"' });
    expect(reason?.place).to.include({ line: 6, column: 28, endColumn: 33 });
  });

  it('lose one rule to an error, not the others', () => {
    const { rules, refused } = load(`${rule('One')}---\ntitle: [\n---\n${rule('Two')}`);
    expect(rules.length + refused.length).to.be.at.least(2);
    expect(refused.length).to.be.at.least(1);
  });

  it('are refused where a key is given twice', () => {
    const { rules, refused } = load(rule('One').replace('selection: { A: x }', 'selection: { A: x, A: y }'));
    expect(rules).to.deep.equal([]);
    expect(refused[0]?.reasons[0]?.code).to.equal('yaml/duplicate-key');
  });

  it('are refused in a taxonomy that nobody maps', () => {
    const text = rule('One', 'taxonomy: ecs\n');
    expect(load(text).refused[0]?.reasons[0]?.code).to.equal('sigma/taxonomy');
    expect(load(text, { taxonomies: new Set(['ecs']) }).rules.length).to.equal(1);
  });
});

describe('Sigma filters', () => {
  const hits = (condition: string, options: LoadSigmaOptions): readonly string[] => {
    const { rules } = load(`${rule('One')}---\n${rule('Two')}---\n${filter(condition)}`, options);
    const matcher = createSigmaMatcher(rules);
    return ['adm_bob', 'eve'].flatMap((User) =>
      matcher.match(eventOf({ A: 'x', User })).map((hit) => `${hit.rule.title} ${User}`),
    );
  };

  it('keep what their condition says, as written', () => {
    expect(hits('not selection', {})).to.deep.equal(['Two adm_bob', 'One eve', 'Two eve']);
    expect(hits('selection', {})).to.deep.equal(['One adm_bob', 'Two adm_bob', 'Two eve']);
  });

  it('exclude what their condition says, where that is chosen', () => {
    expect(hits('selection', { filters: 'exclude' })).to.deep.equal(['Two adm_bob', 'One eve', 'Two eve']);
  });

  it('warn where the two meanings part', () => {
    const codes = (condition: string): readonly string[] =>
      load(`${rule('One')}---\n${filter(condition)}`).diagnostics.map(({ code }) => code);
    expect(codes('selection')).to.deep.equal(['sigma/filter-meaning']);
    expect(codes('not selection')).to.deep.equal([]);
  });

  it('leave rules of other log sources alone', () => {
    const text = `${rule('One')}---\n${filter('not selection').replace('windows', 'linux')}`;
    const matcher = createSigmaMatcher(load(text).rules);
    expect(matcher.match(eventOf({ A: 'x', User: 'adm_bob' })).length).to.equal(1);
  });

  it('warn of rules that are not there', () => {
    expect(load(filter('not selection')).diagnostics.map(({ code }) => code)).to.deep.equal(['sigma/unknown-rule']);
  });
});
