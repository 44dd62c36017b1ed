import { expect } from 'chai';
import { exitCodeOf } from '../../src/judge/exit-code.ts';
import { unmetOf } from '../../src/judge/expectations.ts';
import type { Residue, Result } from '../../src/model/run-result.ts';
import type { Variant } from '../../src/model/scenario.ts';
import { detectionResult, notRun, result, signalResult } from './results.ts';

const place = { file: 'scenarios/s.yaml', line: 1, column: 1 };
const variant: Variant = {
  name: 'v1',
  description: '',
  atomic: 'g',
  inputs: {},
  roles: { target: 'ws1' },
  services: [],
  expect: {
    signals: [],
    detections: [{ detection: 'd', verdict: 'fired', clause: null, phaseShare: null, place: { ...place, line: 9 } }],
  },
  answers: [],
  timeoutSeconds: 60,
  place,
};

const codeOf = (one: Result, residue: readonly Residue[] = [], of: Variant = variant): number =>
  exitCodeOf({ results: [one], unmet: unmetOf(of, one), residue });

const dirty = { cleanup: { verdict: 'dirty', left: ['/tmp/x'] } } as const;
const gap = { detections: [detectionResult('missed', { met: false, expected: 'fired' })] };

describe('the exit code', () => {
  const cases: readonly [number, string, Result][] = [
    [0, 'everything is as expected', result({ detections: [detectionResult('fired', { expected: 'fired' })] })],
    [1, 'a detection is not as expected', result(gap)],
    [1, 'a signal is not as expected', result({ signals: [signalResult('absent', { met: false, expected: 'seen' })] })],
    [1, 'a prerequisite was not met', notRun('prerequisite')],
    [1, 'the attack was prevented', notRun('prevented')],
    [1, 'a tool is missing', notRun('tool-missing')],
    [3, 'a service died', notRun('service-died')],
    [3, 'a sensor was lost', notRun('sensor-lost')],
    [3, 'a host failed', notRun('host-failed')],
    [3, 'nobody knows why it did not run', notRun('something-new')],
    [3, 'the lab failed and nothing was met either', { ...notRun('sensor-lost'), ...gap }],
    [4, 'a test left something behind', result(dirty)],
    [1, 'there is a gap and something was left behind', result({ ...gap, ...dirty })],
    [
      70,
      'a verdict is an error of ours',
      { ...notRun('sensor-lost'), detections: [detectionResult('error', { met: false })] },
    ],
  ];
  for (const [code, when, one] of cases) {
    it(`is ${code} when ${when}`, () => {
      expect(codeOf(one)).to.equal(code);
    });
  }

  it('is 4 when the lab left something on the machine', () => {
    expect(codeOf(result(), [{ kind: 'process', name: '17', detail: 'strace' }])).to.equal(4);
  });

  it('is 0 when the scenario expects that the attack does not happen', () => {
    const expected: Variant = {
      ...variant,
      expect: {
        signals: [],
        detections: [{ detection: 'd', verdict: 'not-run', clause: null, phaseShare: null, place }],
      },
    };
    expect(
      codeOf(
        { ...notRun('prevented'), detections: [detectionResult('not-run', { expected: 'not-run' })] },
        [],
        expected,
      ),
    ).to.equal(0);
  });
});

describe('what is not met', () => {
  it('says what was expected, what was got, and where the scenario says so', () => {
    const reason = { summary: '15 rows in, 0 out', blockers: [] };
    const one = result({ detections: [detectionResult('missed', { met: false, expected: 'fired', reason })] });
    expect(unmetOf(variant, one)).to.deep.equal([
      {
        variant: 'v1',
        kind: 'detection',
        id: 'd',
        expected: 'fired',
        got: 'missed',
        detail: '15 rows in, 0 out',
        place: { ...place, line: 9 },
      },
    ]);
  });

  it('says how many start offsets fired', () => {
    const one = result({
      detections: [detectionResult('fired', { met: false, expected: 'fired', phases: { tried: 12, fired: 7 } })],
    });
    expect(unmetOf(variant, one)[0]?.detail).to.equal('7 of 12 start offsets fired');
  });
});
