import { expect } from 'chai';
import { z } from 'zod';
import { tactics, technique } from '../../../src/attack/attack.ts';
import { renderNavigator } from '../../../src/report/navigator/navigator.ts';
import { fixtureRun } from '../fixture-run.ts';
import { sampleRun } from '../sample-run.ts';

const color = z.string().regex(/^#[0-9a-f]{6}$/);
const metadata = z.array(
  z.union([z.strictObject({ name: z.string(), value: z.string() }), z.strictObject({ divider: z.boolean() })]),
);
const links = z.array(
  z.union([z.strictObject({ label: z.string(), url: z.url() }), z.strictObject({ divider: z.boolean() })]),
);

/** The layer file format 4.5, by its published field list; unknown keys are errors. */
const layer = z.strictObject({
  name: z.string().min(1),
  versions: z.strictObject({
    attack: z.string().regex(/^\d+$/),
    navigator: z.string().regex(/^(4\.9|5)\./),
    layer: z.literal('4.5'),
  }),
  domain: z.enum(['enterprise-attack', 'mobile-attack', 'ics-attack']),
  description: z.string(),
  filters: z.strictObject({ platforms: z.array(z.string().min(1)) }),
  sorting: z.int().min(0).max(3),
  layout: z.strictObject({
    layout: z.enum(['side', 'flat', 'mini']),
    showID: z.boolean(),
    showName: z.boolean(),
    showAggregateScores: z.boolean(),
    countUnscored: z.boolean(),
    aggregateFunction: z.enum(['average', 'min', 'max', 'sum']),
    expandedSubtechniques: z.enum(['none', 'all', 'annotated']),
  }),
  hideDisabled: z.boolean(),
  techniques: z.array(
    z.strictObject({
      techniqueID: z.string().regex(/^T\d{4}(\.\d{3})?$/),
      tactic: z.enum(tactics.map(({ shortName }) => shortName)).optional(),
      comment: z.string(),
      enabled: z.boolean(),
      score: z.number().min(0).max(100).optional(),
      color,
      metadata,
      links,
      showSubtechniques: z.boolean(),
    }),
  ),
  gradient: z.strictObject({ colors: z.array(color).min(2), minValue: z.number(), maxValue: z.number() }),
  legendItems: z.array(z.strictObject({ label: z.string(), color })),
  showTacticRowBackground: z.boolean(),
  tacticRowBackground: color,
  selectTechniquesAcrossTactics: z.boolean(),
  selectSubtechniquesWithParent: z.boolean(),
  selectVisibleTechniques: z.boolean(),
  metadata,
  links,
});

const layersOf = (text: string) => z.tuple([layer, layer]).parse(JSON.parse(text));

describe('the Navigator layers', () => {
  for (const [name, run] of [
    ['the fixture', fixtureRun()],
    ['the sample', sampleRun],
  ] as const) {
    it(`are two layers of format 4.5: visibility and detection, for ${name}`, () => {
      const [visibility, detection] = layersOf(renderNavigator(run));
      expect([visibility.name, detection.name]).to.deep.equal([
        `${run.scenario.id}: visibility`,
        `${run.scenario.id}: detection`,
      ]);
      expect(visibility.techniques.map((one) => one.techniqueID)).to.deep.equal(
        run.coverage.map((one) => one.technique),
      );
    });
  }

  it('show pre-compromise techniques, under whatever tactic the matrix has them', () => {
    const layers = layersOf(renderNavigator(sampleRun));
    for (const { filters, techniques } of layers) {
      expect(filters.platforms).to.include('PRE');
      const [vps] = techniques;
      expect(technique(vps?.techniqueID ?? '')?.platforms.some((one) => filters.platforms.includes(one))).to.equal(
        true,
      );
      expect(vps).not.to.have.property('tactic');
    }
  });

  it('give no score without a denominator', () => {
    const [visibility, detection] = layersOf(renderNavigator(sampleRun));
    expect(detection.techniques[0]).to.include({ score: 50, comment: 'partial: 1 of 2 tests detected' });
    expect(visibility.techniques[0]).to.include({ score: 50, comment: 'signals seen in 1 of 2 tests' });
    const [coverage] = sampleRun.coverage;
    if (coverage === undefined) throw new Error('the sample has coverage');
    const claimed = { ...coverage, technique: 'T1571', status: 'untested' as const, fired: 0, tried: 0 };
    const untested = layersOf(renderNavigator({ ...sampleRun, coverage: [claimed] }));
    for (const { techniques } of untested) expect(techniques[0]).not.to.have.property('score');
  });
});
