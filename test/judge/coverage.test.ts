import { expect } from 'chai';
import { coverageOf } from '../../src/judge/coverage.ts';
import type { Detection } from '../../src/model/detection.ts';
import type { Result } from '../../src/model/run-result.ts';
import { detectionResult, notRun, result, signalResult } from './results.ts';

const claiming = (...techniques: readonly string[]): Detection => ({
  id: 'd',
  title: 'd',
  language: 'kql',
  platform: 'sentinel',
  severity: 'low',
  techniques,
  origin: 'maintained',
  schedule: { frequencySeconds: 3600, periodSeconds: 3600, threshold: 0 },
  text: '',
  place: { file: 'd.kql', line: 1, column: 1 },
  hash: '',
});

const of = (...results: readonly Result[]): string => {
  const [one] = coverageOf(results, []);
  return `${one?.status} ${one?.fired}/${one?.tried}`;
};

const fired = result({ detections: [detectionResult('fired')] });
const sometimes = result({ detections: [detectionResult('fired', { phases: { tried: 12, fired: 7 } })] });
const missed = result({ detections: [detectionResult('missed')] });
const seen = result({ signals: [signalResult('seen')], detections: [detectionResult('broken')] });
const unseen = result({ signals: [signalResult('unobservable')], detections: [detectionResult('blind')] });
const noisy = result({ detections: [detectionResult('noisy'), detectionResult('fired')] });

describe('coverage', () => {
  const cases: readonly [string, readonly Result[], string][] = [
    ['every atomic was detected', [fired, fired], 'detected 2/2'],
    ['some atomics were', [fired, missed, seen], 'partial 1/3'],
    ['a rule fired at some start offsets only', [sometimes], 'partial 0/1'],
    ['there was telemetry and no rule fired', [missed], 'telemetry-only 0/1'],
    ['a signal was seen and the rule is broken', [seen], 'telemetry-only 0/1'],
    ['nothing could be seen', [unseen], 'blind 0/1'],
    ['a rule fires without the attack too', [noisy, fired], 'noisy 2/2'],
    ['no atomic ran', [notRun('prerequisite')], 'untested 0/0'],
    ['an atomic that did not run is no part of the denominator', [fired, notRun('timeout')], 'detected 1/1'],
  ];
  for (const [when, results, expected] of cases) {
    it(`is ${expected} when ${when}`, () => {
      expect(of(...results)).to.equal(expected);
    });
  }

  it('is never claimed by a tag alone', () => {
    expect(coverageOf([fired], [claiming('T1583.003', 'T1059.001')])).to.deep.equal([
      { technique: 'T1059.001', name: 'PowerShell', status: 'untested', fired: 0, tried: 0, inferential: false },
      {
        technique: 'T1583.003',
        name: 'Virtual Private Server',
        status: 'detected',
        fired: 1,
        tried: 1,
        inferential: true,
      },
    ]);
  });

  it('counts a revoked technique under its successor', () => {
    expect(coverageOf([result({ technique: 'T1086' })], []).map(({ technique }) => technique)).to.deep.equal([
      'T1059.001',
    ]);
  });
});
