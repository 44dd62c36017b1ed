import { expect } from 'chai';
import { describeWant } from '../../../src/judge/signals/describe.ts';
import { judgeSignal } from '../../../src/judge/signals/judge-signal.ts';
import type { MatchedRow } from '../../../src/judge/signals/matched-row.ts';
import { signal } from './signal.ts';

const rowsAt = (...seconds: readonly number[]): readonly MatchedRow[] =>
  seconds.map((second) => ({ time: Math.round(second * 1_000_000), marks: [], values: {} }));

const none = (): undefined => undefined;
const every5 = { intervalSeconds: 5, toleranceSeconds: 1 };

describe('a signal', () => {
  const counts: readonly [{ min: number; max: number | null }, number, string, string][] = [
    [{ min: 1, max: null }, 0, 'absent', '0 rows'],
    [{ min: 1, max: null }, 7, 'seen', '7 rows'],
    [{ min: 15, max: 15 }, 14, 'absent', '14 rows'],
    [{ min: 15, max: 15 }, 15, 'seen', '15 rows'],
    [{ min: 15, max: 15 }, 16, 'absent', '16 rows'],
    [{ min: 0, max: 0 }, 0, 'seen', '0 rows'],
    [{ min: 0, max: 0 }, 1, 'absent', '1 row'],
  ];
  for (const [count, rows, verdict, got] of counts) {
    it(`that asks for ${describeWant(signal({ count }))} and gets ${got} is ${verdict}`, () => {
      const times = Array.from({ length: rows }, (_, index) => index);
      expect(judgeSignal(signal({ count }), rowsAt(...times), none)).to.deep.equal({ verdict, got });
    });
  }

  it('says the spacing it measured', () => {
    const wanted = signal({ count: { min: 4, max: 4 }, every: every5 });
    expect(judgeSignal(wanted, rowsAt(0, 5.02, 10, 15.07), none)).to.deep.equal({
      verdict: 'seen',
      got: '4 rows, every 5.02 s (4.98–5.07)',
    });
  });

  it('is absent when a single gap is too long or too short, even if the mean is right', () => {
    const wanted = signal({ count: { min: 3, max: 3 }, every: every5 });
    expect(judgeSignal(wanted, rowsAt(0, 3.9, 10), none)).to.deep.equal({
      verdict: 'absent',
      got: '3 rows, every 5.00 s (3.90–6.10)',
    });
    expect(judgeSignal(wanted, rowsAt(0, 4, 10), none).verdict).to.equal('seen');
  });

  it('of one row has no spacing that could contradict it', () => {
    expect(judgeSignal(signal({ every: every5 }), rowsAt(1), none)).to.deep.equal({ verdict: 'seen', got: '1 row' });
  });

  it('must not begin before the one it comes after', () => {
    const after = signal({ orderedAfter: 'start' });
    expect(judgeSignal(after, rowsAt(2, 3), () => rowsAt(2)).verdict).to.equal('seen');
    expect(judgeSignal(after, rowsAt(1.5), () => rowsAt(2, 9))).to.deep.equal({
      verdict: 'absent',
      got: '1 row, 0.500 s before start',
    });
    expect(judgeSignal(after, rowsAt(1), () => [])).to.deep.equal({
      verdict: 'absent',
      got: '1 row, start was not seen',
    });
  });

  it('says in words what it wants', () => {
    const wanted = signal({ count: { min: 14, max: 16 }, every: every5, orderedAfter: 'start' });
    expect(describeWant(wanted)).to.equal('14–16 rows, every 5 s ± 1 s, not before start');
    expect(describeWant(signal({ count: { min: 0, max: 3 } }))).to.equal('at most 3 rows');
  });
});
