import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase, type Database } from '../../src/telemetry/database.ts';
import { hasCorpus, isInScope, jsonCases, textCases, type EngineCase } from './conformance/cases.ts';
import { createRunner, type Outcome } from './conformance/run.ts';

/** The numbers that were reached; they may only get better. Changed by hand, with the commit that earns it. */
interface Reached {
  readonly pass: number;
  readonly wrong: number;
}

const reached = JSON.parse(readFileSync(join(import.meta.dirname, 'conformance/reached.json'), 'utf8')) as Readonly<
  Record<'documentation' | 'generated', Reached>
>;

const page = readFileSync(join(import.meta.dirname, '../../docs/kql-conformance.md'), 'utf8');

/** `case verdict` of every row of a section's table. */
const listedIn = (section: string): readonly string[] => {
  const text = page.split(/^## /m).find((part) => part.startsWith(section)) ?? '';
  return [...text.matchAll(/^\| ([\w-]+-\d+) \| (refused|wrong) \|/gm)].map(([, id, verdict]) => `${id} ${verdict}`);
};

const byFamily = (outcomes: readonly Outcome[]): string =>
  [...Map.groupBy(outcomes, ({ family }) => family)]
    .map(([family, all]) => ({ family, all, missing: all.filter(({ verdict }) => verdict !== 'pass') }))
    .filter(({ missing }) => missing.length > 0)
    .map(({ family, all, missing }) => {
      const details = missing.map(
        ({ id, verdict, detail }) => `    ${verdict} ${id}: ${detail.slice(0, 160).replaceAll('\n', ' ')}`,
      );
      return `  ${family}: ${all.length - missing.length} of ${all.length}\n${details.join('\n')}`;
    })
    .join('\n');

describe('KQL against the answers of the real engine', () => {
  let database: Database;

  before(async function () {
    if (!hasCorpus()) {
      if (process.env['TOCSIN_REQUIRE_CORPUS'] === '1') throw new Error('the corpus of engine cases is missing');
      this.skip();
    }
    database = await openDatabase();
  });

  after(() => database?.close());

  const holds = async (cases: readonly EngineCase[], { pass, wrong }: Reached, section: string): Promise<void> => {
    const runner = await createRunner(database);
    const outcomes: Outcome[] = [];
    for (const engineCase of cases) outcomes.push(await runner.run(engineCase));
    const count = (...verdicts: Outcome['verdict'][]): number =>
      outcomes.filter(({ verdict }) => verdicts.includes(verdict)).length;
    expect(count('pass'), `agreeing answers of ${cases.length}\n${byFamily(outcomes)}`).to.be.at.least(pass);
    expect(count('wrong', 'failed'), `answers that differ\n${byFamily(outcomes)}`).to.be.at.most(wrong);
    const listed = listedIn(section);
    const differing = outcomes.filter(({ verdict }) => verdict !== 'pass');
    expect(
      differing.map(({ id, verdict }) => `${id} ${verdict === 'refused' ? 'refused' : 'wrong'}`).toSorted(),
      `docs/kql-conformance.md, ${section}`,
    ).to.deep.equal(listed.toSorted());
    const told = `${count('pass')} of ${cases.length} agree`;
    expect(page, 'docs/kql-conformance.md').to.include(told);
  };

  it('agrees on the examples of the documentation, outside geography, graphs and statistics of series', async function () {
    this.timeout(120_000);
    await holds(jsonCases().filter(isInScope), reached.documentation, 'Examples of the documentation');
  });

  it('agrees on generated queries of every family', async function () {
    this.timeout(120_000);
    await holds(textCases(), reached.generated, 'Generated queries');
  });
});
