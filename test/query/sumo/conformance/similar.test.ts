import { expect } from 'chai';
import type { Cell } from '../../../../src/query/engine.ts';
import { hasCorpus, similarCases, type SimilarCase } from './corpus.ts';
import { readExplained } from './explained.ts';
import { printedRows, samePrinted } from './printed.ts';
import { runCase } from './run-case.ts';

/** Its `json` takes all fields, as Sumo's `json auto` does; its names of defaults are its own. */
const translated = (query: string): string => query.replaceAll(/\|\s*json\s*(?=\||$)/g, '| json auto ');

/** Fields that nothing in the query names are found by asking for them. */
const asking = (query: string, names: readonly string[]): string =>
  /json auto/.test(query) && !/\b(count|sum|min|max|total)\b/.test(query)
    ? `${query} | fields ${names.join(', ')}`
    : query;

const sameMessage = (message: Cell | undefined, fields: object): boolean =>
  typeof message === 'string' &&
  message.startsWith('{') &&
  JSON.stringify(JSON.parse(message)) === JSON.stringify(fields);

/** Null when it agrees; else what it gave. */
const disagreement = async ({ query, input, expectedText, error }: SimilarCase): Promise<string | null> => {
  const messages = input.split('\n').filter((line) => line !== '');
  const wanted = printedRows(expectedText.replaceAll('_countDistinct', '_count_distinct'));
  const names = [...new Set(wanted.flatMap((fields) => Object.keys(fields)))];
  const outcome = await runCase(
    asking(translated(query), names),
    messages.map((message) => ({ _raw: message })),
  );
  if (expectedText === '' && error !== null && error !== '')
    return outcome.kind === 'rejected' ? null : 'it is not rejected';
  if (outcome.kind === 'rejected') return outcome.message;
  const matches = (row: (typeof outcome.rows)[number], fields: (typeof wanted)[number]): boolean =>
    Object.keys(fields).length > 0 &&
    (Object.entries(fields).every(([name, value]) => Object.hasOwn(row, name) && samePrinted(row[name], value)) ||
      sameMessage(row['_raw'], fields));
  const left = [...outcome.rows];
  for (const fields of wanted) {
    const at = left.findIndex((row) => matches(row, fields));
    if (at === -1) return `no row is ${JSON.stringify(fields)}: ${JSON.stringify(outcome.rows).slice(0, 300)}`;
    left.splice(at, 1);
  }
  return left.length === 0 ? null : `${left.length} rows more`;
};

describe('what a similar tool gives', () => {
  before(function () {
    if (!hasCorpus()) this.skip();
  });

  it('comes out here too, except where docs/sumo-conformance.md says why not', async () => {
    const explained = readExplained('similar tool');
    const wrong: string[] = [];
    const cases = similarCases();
    for (const example of cases) {
      const found = await disagreement(example);
      if ((found !== null) !== explained.has(example.id))
        wrong.push(`${example.id}: ${found ?? 'agrees, and is explained'}`);
    }
    console.log(`      ${cases.length - explained.size} of ${cases.length} agree`);
    expect(wrong).to.deep.equal([]);
  }).timeout(60_000);
});
