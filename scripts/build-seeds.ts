/**
 * Writes docs/seeds.md: `node scripts/build-seeds.ts RUN…` takes the facts from runs (folders with a run.json) and keeps them in docs/seeds.json;
 * without a run it renders the page from what is kept.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readRunJson } from '../src/report/json/write-run.ts';
import { readClaims } from './seeds/claims.ts';
import { factsOf, factsSchema } from './seeds/facts.ts';
import { renderSeeds } from './seeds/render.ts';

const factsFile = 'docs/seeds.json';

const claims = readClaims();
const kept = factsSchema.parse(JSON.parse(readFileSync(factsFile, 'utf8')));
const runs = await Promise.all(process.argv.slice(2).map(readRunJson));
const facts = { ...kept, ...factsOf(runs, claims) };
writeFileSync(factsFile, `${JSON.stringify(facts, null, 1)}\n`);
writeFileSync('docs/seeds.md', renderSeeds(claims, facts));
