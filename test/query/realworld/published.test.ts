import { expect } from 'chai';
import { loadLanguages } from '../../../src/query/languages.ts';
import { openEngine } from '../../../src/query/open-engine.ts';
import { loadCatalog } from '../../../src/telemetry/catalog.ts';
import { openDatabase } from '../../../src/telemetry/database.ts';
import { hasCorpus } from '../conformance/cases.ts';
import { generatedRelations, loadGenerated } from './generated-tables.ts';
import { publishedQueries, runPublished } from './run.ts';

/** One in so many; `TOCSIN_PUBLISHED=1` for all of them. */
const oneIn = Number(process.env['TOCSIN_PUBLISHED'] ?? 25);

describe('published queries', function () {
  this.timeout(3_600_000 / oneIn + 120_000);

  it('run on tables of awkward rows, but for what is not supported', async function () {
    if (!hasCorpus()) {
      if (process.env['TOCSIN_REQUIRE_CORPUS'] === '1') throw new Error('the corpus of published queries is missing');
      this.skip();
    }
    const queries = publishedQueries().filter((_, index) => index % oneIn === 0);
    const words = new Set(queries.flatMap(({ query }) => query.match(/\w+/g) ?? []));
    const catalog = loadCatalog(['sentinel', 'defender']);
    const named = catalog.filter(({ name }) => words.has(name));
    await using database = await openDatabase({ load: (connection) => loadGenerated(connection, named, 12) });
    const languages = await loadLanguages(['kql']);
    const engine = openEngine({ database, relations: generatedRelations(named), catalog, languages });
    const outcomes = [];
    for (const query of queries) outcomes.push({ ...query, ...(await runPublished(engine, query)) });
    const bound = outcomes.filter(({ verdict }) => verdict !== 'unbound');
    const left = bound.filter(({ verdict }) => verdict !== 'ran');
    const reasons = left.map(({ path, verdict, detail }) => `${verdict} ${path}: ${detail.slice(0, 200)}`);
    expect(bound.length, 'queries that bind').to.be.above(queries.length / 2);
    expect(left.length / bound.length, reasons.join('\n')).to.be.at.most(0.03);
  });
});
