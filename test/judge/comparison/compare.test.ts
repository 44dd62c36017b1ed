import { expect } from 'chai';
import type { Baseline, BaselineDetection, BaselineResult } from '../../../src/model/baseline.ts';
import { compareBaselines } from '../../../src/judge/comparison/compare.ts';
import { baselineOf, mergeBaselines } from '../../../src/judge/comparison/snapshot.ts';
import type { DetectionVerdict } from '../../../src/model/verdict.ts';
import { baselineSchema } from '../../../src/report/json/baseline-schema.ts';
import { fixtureRun } from '../../report/fixture-run.ts';

const detection = (verdict: DetectionVerdict, fields: Partial<BaselineDetection> = {}): BaselineDetection => ({
  verdict,
  fired: verdict === 'fired' ? 12 : 0,
  tried: 12,
  hash: 'a'.repeat(64),
  ...fields,
});

const result = (detections: BaselineResult['detections'], fields: Partial<BaselineResult> = {}): BaselineResult => ({
  technique: 'T1571',
  variant: 'server',
  command: 'curl',
  executed: 'executed',
  signals: {},
  detections,
  ...fields,
});

const baseline = (
  results: Readonly<Record<string, BaselineResult>>,
  environment: Readonly<Record<string, string>> = {},
): Baseline => ({
  schemaVersion: 1,
  kind: 'baseline',
  scenarios: { quick: { runId: 'r', driver: 'namespace', attack: '18', environment, results } },
});

const changeOf = (before: BaselineDetection, after: BaselineDetection) => {
  const comparison = compareBaselines(
    baseline({ k: result({ rule: before }) }),
    baseline({ k: result({ rule: after }) }),
  );
  return { kind: comparison.verdicts[0]?.kind ?? null, regressions: comparison.regressions };
};

describe('a comparison of two runs', () => {
  const cases: readonly (readonly [DetectionVerdict, DetectionVerdict, string | null, number])[] = [
    ['fired', 'fired', null, 0],
    ['fired', 'missed', 'newly missed', 1],
    ['fired', 'blind', 'newly blind', 1],
    ['missed', 'broken', 'newly broken', 1],
    ['quiet', 'noisy', 'newly noisy', 1],
    ['fired', 'not-run', 'newly not-run', 1],
    ['fired', 'error', 'newly error', 1],
    ['missed', 'fired', 'fixed', 0],
    ['noisy', 'quiet', 'fixed', 0],
    ['quiet', 'fired', 'other', 0],
  ];
  for (const [before, after, kind, regressions] of cases) {
    it(`calls ${before} then ${after} ${kind ?? 'no change'}`, () => {
      expect(changeOf(detection(before), detection(after))).to.deep.equal({ kind, regressions });
    });
  }

  it('sees a rule that fires at fewer start offsets, by their share', () => {
    expect(changeOf(detection('fired'), detection('fired', { fired: 7 }))).to.deep.equal({
      kind: 'weaker',
      regressions: 1,
    });
    expect(changeOf(detection('fired'), detection('fired', { fired: 6, tried: 6 }))).to.deep.equal({
      kind: null,
      regressions: 0,
    });
    expect(changeOf(detection('fired', { fired: 7 }), detection('fired'))).to.deep.equal({
      kind: 'stronger',
      regressions: 0,
    });
  });

  it('does not let a test or a rule disappear in silence', () => {
    const both = baseline({ a: result({ rule: detection('fired') }), b: result({ rule: detection('fired') }) });
    const one = baseline({ a: result({ rule: detection('fired') }) });
    expect(compareBaselines(both, one)).to.deep.include({ regressions: 1 });
    expect(compareBaselines(one, both).verdicts.map(({ kind }) => kind)).to.deep.equal(['new']);
  });

  it('names what changed beside the verdict: rule, test, sensor, schema, engine', () => {
    const environment = { engine: '1', schemas: 'May', 'sensor.trace': 'strace 6.1', kernel: '6.1' };
    const before = baseline({ k: result({ rule: detection('fired') }) }, environment);
    const causes = (after: Baseline) => compareBaselines(before, after).verdicts.map((change) => change.causes);
    const missed = detection('missed');
    expect(causes(baseline({ k: result({ rule: missed }) }, environment))).to.deep.equal([[]]);
    expect(causes(baseline({ k: result({ rule: { ...missed, hash: 'b'.repeat(64) } }) }, environment))).to.deep.equal([
      ['rule'],
    ]);
    expect(causes(baseline({ k: result({ rule: missed }, { command: 'wget' }) }, environment))).to.deep.equal([
      ['test'],
    ]);
    for (const [name, cause] of [
      ['engine', 'engine'],
      ['schemas', 'schema'],
      ['sensor.trace', 'sensor'],
      ['kernel', 'machine'],
    ] as const) {
      const after = baseline({ k: result({ rule: missed }) }, { ...environment, [name]: 'other' });
      expect(causes(after)).to.deep.equal([[cause]]);
      expect(compareBaselines(before, after).environment.map((one) => one.name)).to.deep.equal([name]);
    }
  });

  it('shows signals whose count changed', () => {
    const withRows = (rows: number) => baseline({ k: result({}, { signals: { seen: { verdict: 'seen', rows } } }) });
    expect(compareBaselines(withRows(15), withRows(15)).signals).to.deep.equal([]);
    const [change] = compareBaselines(withRows(15), withRows(14)).signals;
    expect([change?.before?.rows, change?.after?.rows]).to.deep.equal([15, 14]);
  });

  it('says which scenarios it could not compare, and compares nothing of them', () => {
    const other = {
      ...baseline({}),
      scenarios: { other: { runId: 'r', driver: 'd', attack: '18', environment: {}, results: {} } },
    };
    const comparison = compareBaselines(baseline({ k: result({ rule: detection('fired') }) }), other);
    expect(comparison).to.deep.include({ onlyBefore: ['quick'], onlyAfter: ['other'], regressions: 0 });
    expect(comparison.compared).to.deep.equal({ scenarios: 0, detections: 0 });
  });
});

describe('a baseline', () => {
  it('of a run fits its schema, and the run does not differ from it', () => {
    const made = baselineSchema.parse(JSON.parse(JSON.stringify(baselineOf([fixtureRun()]))));
    const comparison = compareBaselines(made, baselineOf([fixtureRun()]));
    expect(comparison.verdicts).to.deep.equal([]);
    expect(comparison.compared.detections).to.equal(
      fixtureRun().results.flatMap(({ detections }) => detections).length,
    );
  });

  it('keeps the scenarios that an update does not have', () => {
    const merged = mergeBaselines(baseline({}), baselineOf([fixtureRun()]));
    expect(Object.keys(merged.scenarios)).to.deep.equal(['quick', 't1583-003']);
  });
});
