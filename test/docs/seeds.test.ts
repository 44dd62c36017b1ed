import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadContent } from '../../src/content/load-content.ts';
import { readClaims } from '../../scripts/seeds/claims.ts';
import { factsSchema } from '../../scripts/seeds/facts.ts';
import { outcomeOf } from '../../scripts/seeds/outcome.ts';
import { renderSeeds } from '../../scripts/seeds/render.ts';

const claims = readClaims();
const facts = factsSchema.parse(JSON.parse(readFileSync('docs/seeds.json', 'utf8')));
const { scenarios } = await loadContent('.');

describe('the page about the seeds', () => {
  it('is what its claims and the kept facts make (node scripts/build-seeds.ts RUN… makes it anew)', () => {
    expect(readFileSync('docs/seeds.md', 'utf8')).to.equal(renderSeeds(claims, facts));
  });

  it('keeps facts that are as their scenario expects them, which every run checks', () => {
    const stale = Object.entries(facts).flatMap(([id, variants]) =>
      Object.entries(variants).flatMap(([name, kept]) => {
        const expected = scenarios.get(id)?.variants.find((one) => one.name === name)?.expect;
        if (expected === undefined) return [`${id} has no variant ${name}`];
        return [
          ...expected.signals.map((one) => ({ id: one.signal, verdict: one.verdict, got: kept.signals[one.signal] })),
          ...expected.detections.map((one) => ({
            id: one.detection,
            verdict: one.verdict,
            got: kept.detections[one.detection],
          })),
        ]
          .filter(({ verdict, got }) => got?.verdict !== verdict)
          .map((one) => `${id}/${name} ${one.id}: expected ${one.verdict}, kept ${one.got?.verdict ?? 'nothing'}`);
      }),
    );
    expect(stale).to.deep.equal([]);
  });

  it('tries claims on variants that there are', () => {
    const named = claims.sections.flatMap(({ claims: list }) => list.flatMap(({ tried }) => tried ?? []));
    const missing = named.filter(
      ({ scenario, variant }) => scenarios.get(scenario)?.variants.some(({ name }) => name === variant) !== true,
    );
    expect(missing).to.deep.equal([]);
  });

  it('says why wherever a claim that was tried does not hold', () => {
    const silent = claims.sections.flatMap(({ claims: list }) =>
      list.filter((claim) => outcomeOf(claim, facts) === 'untrue' && claim.because === undefined).map(({ id }) => id),
    );
    expect(silent).to.deep.equal([]);
  });

  it('has every claim once', () => {
    const ids = claims.sections.flatMap(({ claims: list }) => list.map(({ id }) => id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.deep.equal([]);
  });
});
