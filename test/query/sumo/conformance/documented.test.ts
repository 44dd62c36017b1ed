import { expect } from 'chai';
import { documentedCases, hasCorpus, type DocumentedCase } from './corpus.ts';
import { readExplained } from './explained.ts';
import { runCase, sameValue, type Input } from './run-case.ts';

const inputOf = ({ kind, input }: DocumentedCase): readonly Input[] =>
  kind === 'syntax' ? [] : (input ?? ['x']).map((row) => (typeof row === 'string' ? { _raw: row } : row));

const queryOf = ({ kind, query }: DocumentedCase): string => {
  if (kind === 'scalar') return `* | ${query} as r`;
  return kind === 'row-expr' || kind === 'matches' ? `* | ${query}` : query;
};

/** Null when it agrees; else what it gave. */
const disagreement = async (example: DocumentedCase): Promise<string | null> => {
  const outcome = await runCase(queryOf(example), inputOf(example));
  const { expected, tolerance, kind } = example;
  if (kind === 'syntax') {
    const refused = outcome.kind === 'rejected' && outcome.codes.every((code) => code === 'sumo/unsupported');
    if (refused) return outcome.message;
    return (outcome.kind === 'rows') === (expected === 'valid') ? null : `it is ${outcome.kind}`;
  }
  if (outcome.kind === 'rejected') return outcome.message;
  const { rows } = outcome;
  if (kind === 'matches') return rows.length > 0 === expected ? null : `${rows.length} rows`;
  if (kind === 'scalar') return sameValue(rows[0]?.['r'], expected, tolerance) ? null : JSON.stringify(rows[0]);
  const wanted = (Array.isArray(expected) ? expected : [expected]) as readonly (string | Input)[];
  const agrees = wanted.every((want, index) => {
    const row = rows[index] ?? {};
    return typeof want === 'string'
      ? Object.values(row).includes(want)
      : Object.entries(want).every(([name, value]) => sameValue(row[name], value));
  });
  return agrees && wanted.length === rows.length ? null : JSON.stringify(rows);
};

describe('what Sumo’s documentation shows', () => {
  before(function () {
    if (!hasCorpus()) this.skip();
  });

  it('is what comes out, except where docs/sumo-conformance.md says why not', async () => {
    const explained = readExplained('documentation');
    const wrong: string[] = [];
    const cases = documentedCases();
    for (const example of cases) {
      const found = await disagreement(example);
      if ((found !== null) !== explained.has(example.id))
        wrong.push(`${example.id}: ${found ?? 'agrees, and is explained'}`);
    }
    console.log(`      ${cases.length - explained.size} of ${cases.length} agree`);
    expect(wrong).to.deep.equal([]);
  }).timeout(60_000);
});
