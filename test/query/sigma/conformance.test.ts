import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { LogSource, LogValue } from '../../../src/model/log-event.ts';
import { loadSigma } from '../../../src/query/sigma/collection/load-sigma.ts';
import { correlate } from '../../../src/query/sigma/correlate/correlate.ts';
import { createInterpreter } from '../../../src/query/sigma/interpret/interpreter.ts';
import { createSigmaMatcher } from '../../../src/query/sigma/match/matcher.ts';
import { anySource, eventOf } from './sigma-text.ts';

const folder = resolve(import.meta.dirname, '../../fixtures/sigma');

type Fields = Readonly<Record<string, LogValue>>;

interface Case {
  readonly title: string;
  readonly detection?: object;
  readonly selection?: unknown;
  readonly placeholders?: Readonly<Record<string, readonly string[]>>;
  readonly match?: readonly Fields[];
  readonly miss?: readonly Fields[];
  readonly refused?: string;
  readonly warned?: string;
}

interface CorrelationCase {
  readonly title: string;
  readonly name?: string;
  readonly documents?: readonly object[];
  readonly correlation: object;
  readonly events?: readonly (Fields & { readonly at: number })[];
  readonly hits?: readonly Readonly<Record<string, string | number>>[];
  readonly refused?: string;
}

interface DocumentsCase {
  readonly title: string;
  readonly documents: readonly object[];
  readonly meaning?: 'as-written' | 'exclude';
  readonly taxonomies?: readonly string[];
  readonly events?: readonly Fields[];
  /** Titles of the rules that match, for each event. */
  readonly hits?: readonly (readonly string[])[];
  readonly refused?: string;
  readonly refusedAny?: boolean;
  readonly warned?: string;
}

interface SourceCase {
  readonly title: string;
  readonly logsource: object;
  readonly of: readonly Partial<LogSource>[];
  readonly not: readonly Partial<LogSource>[];
}

const casesIn = (path: string): readonly unknown[] =>
  parse(readFileSync(join(folder, path), 'utf8')) as readonly unknown[];

const inFlow = (value: unknown): string => JSON.stringify(value);

const checkCase = (one: Case): void => {
  const detection = one.detection ?? { selection: one.selection, condition: 'selection' };
  const text = inFlow({ title: one.title, logsource: { product: 'windows' }, detection });
  const placeholders = new Map(Object.entries(one.placeholders ?? {}));
  const { rules, diagnostics, refused } = loadSigma([{ file: 'rule.yml', text }], { placeholders });
  const [rule] = rules;
  if (one.refused !== undefined) {
    it(`is refused: ${one.refused}`, () => {
      expect(refused.flatMap(({ reasons }) => reasons.map(({ code }) => code))).to.include(one.refused);
    });
    return;
  }
  if (one.warned !== undefined) {
    it(`is warned of: ${one.warned}`, () => {
      expect(diagnostics.map(({ code }) => code)).to.include(one.warned);
    });
  }
  const check = (fields: Fields, wanted: boolean): void =>
    void it(`${wanted ? 'matches' : 'leaves'} ${inFlow(fields)}`, () => {
      if (rule === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
      const event = eventOf(fields);
      expect(createInterpreter().match(rule, event), 'interpreter').to.equal(wanted);
      for (const trial of [0, 10]) {
        const matcher = createSigmaMatcher([rule], { trial });
        expect(matcher.match(event).length > 0, 'matcher').to.equal(wanted);
        expect(matcher.disagreements).to.deep.equal([]);
      }
    });
  for (const fields of one.match ?? []) check(fields, true);
  for (const fields of one.miss ?? []) check(fields, false);
};

/** Logins are what no other rule is for. */
const baseRules = [
  { title: 'login', name: 'login', detection: { s: { 'Kind|exists': true }, condition: 'not s' } },
  ...['logout', 'reset'].map((kind) => ({ title: kind, name: kind, detection: { s: { Kind: kind }, condition: 's' } })),
].map((rule) => ({ ...rule, logsource: { product: 'windows' } }));

const checkCorrelation = (one: CorrelationCase): void => {
  const { title, name, correlation, documents = [] } = one;
  const all = [{ title, ...(name === undefined ? {} : { name }), correlation }, ...documents, ...baseRules];
  const collection = loadSigma([{ file: 'rules.yml', text: all.map(inFlow).join('\n---\n') }]);
  const reasons = collection.refused.flatMap((refusal) => refusal.reasons);
  if (one.refused !== undefined) {
    expect(reasons.map(({ code }) => code)).to.include(one.refused);
    return;
  }
  expect(reasons.map(({ message }) => message)).to.deep.equal([]);
  const matcher = createSigmaMatcher(collection.rules, { trial: 0 });
  const events = (one.events ?? []).map(({ at, ...fields }) => ({ ...eventOf(fields), time: at * 1e6 }));
  const { hits } = correlate(
    collection.correlations,
    events.flatMap((event) => matcher.match(event)),
  );
  const found = hits
    .filter((hit) => hit.correlation.title === title)
    .map((hit) => ({ ...Object.fromEntries(hit.group), events: hit.events.length }));
  expect(found).to.deep.equal(one.hits);
};

const checkDocuments = (one: DocumentsCase): void => {
  const collection = loadSigma([{ file: 'rules.yml', text: one.documents.map(inFlow).join('\n---\n') }], {
    filters: one.meaning ?? 'as-written',
    taxonomies: new Set(one.taxonomies),
  });
  const refused = collection.refused.flatMap(({ reasons }) => reasons.map(({ code }) => code));
  if (one.refusedAny === true) expect(refused).not.to.deep.equal([]);
  else expect([...new Set(refused)]).to.deep.equal(one.refused === undefined ? [] : [one.refused]);
  if (one.warned !== undefined) expect(collection.diagnostics.map(({ code }) => code)).to.include(one.warned);
  const matcher = createSigmaMatcher(collection.rules, { trial: 0 });
  const found = (one.events ?? []).map((fields) =>
    matcher
      .match(eventOf(fields))
      .map(({ rule }) => rule.title)
      .sort(),
  );
  expect(found).to.deep.equal((one.hits ?? []).map((titles) => [...titles].sort()));
  expect(matcher.disagreements).to.deep.equal([]);
};

const checkSource = ({ title, logsource, of, not }: SourceCase): void => {
  const text = inFlow({ title, logsource, detection: { s: { A: x }, condition: 's' } });
  const { rules, refused } = loadSigma([{ file: 'rule.yml', text }]);
  expect(refused).to.deep.equal([]);
  const matches = (source: Partial<LogSource>): boolean =>
    createSigmaMatcher(rules).match(eventOf({ A: x }, { ...anySource, ...source })).length > 0;
  expect(of.map(matches), inFlow(of)).to.deep.equal(of.map(() => true));
  expect(not.map(matches), inFlow(not)).to.deep.equal(not.map(() => false));
};

const x = 'x';

describe('Sigma, case by case', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    describe(file.replace('.yaml', ''), () => {
      for (const one of casesIn(file) as readonly Case[]) describe(one.title, () => checkCase(one));
    });
  }

  for (const file of readdirSync(join(folder, 'documents'))) {
    describe(file.replace('.yaml', ''), () => {
      for (const one of casesIn(join('documents', file)) as readonly DocumentsCase[])
        it(one.title, () => checkDocuments(one));
    });
  }

  describe('sources', () => {
    for (const one of casesIn('sources/sources.yaml') as readonly SourceCase[]) it(one.title, () => checkSource(one));
  });

  describe('correlations', () => {
    for (const one of casesIn('correlations/correlations.yaml') as readonly CorrelationCase[])
      it(one.title, () => checkCorrelation(one));
  });
});
