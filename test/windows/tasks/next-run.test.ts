import { expect } from 'chai';
import fc from 'fast-check';
import type { Trigger } from '../../../src/windows/tasks/definition.ts';
import { renderLocalTime } from '../../../src/windows/tasks/local-time.ts';
import { nextRun } from '../../../src/windows/tasks/next-run.ts';

const at = (text: string): number => Date.parse(text);
const shown = (trigger: Trigger, after: string): string | null => {
  const next = nextRun(trigger, at(after));
  return next === null ? null : renderLocalTime(next);
};

const common = { enabled: true, start: '2026-11-20T10:00:00' } as const;

describe('the next run of a task', () => {
  it('of a time trigger is its time, once', () => {
    expect(shown({ ...common, kind: 'time' }, '2026-11-20T09:00:00')).to.equal('2026-11-20T10:00:00');
    expect(shown({ ...common, kind: 'time' }, '2026-11-20T10:00:00')).to.equal(null);
  });

  it('of a repetition goes on at its interval, from the beginning and not from now, until its end', () => {
    const every = { interval: 'PT5M', stopAtEnd: false };
    const trigger: Trigger = { ...common, kind: 'time', repetition: every };
    expect(shown(trigger, '2026-11-20T10:07:12')).to.equal('2026-11-20T10:10:00');
    expect(shown(trigger, '2027-03-01T10:10:00')).to.equal('2027-03-01T10:15:00');
    const hour = { ...trigger, repetition: { ...every, duration: 'PT1H' } };
    expect(shown(hour, '2026-11-20T10:54:00')).to.equal('2026-11-20T10:55:00');
    expect(shown(hour, '2026-11-20T10:55:00')).to.equal(null);
  });

  it('of a calendar strikes on its days', () => {
    expect(shown({ ...common, kind: 'daily', every: 3 }, '2026-11-20T10:00:00')).to.equal('2026-11-23T10:00:00');
    const weekly: Trigger = { ...common, kind: 'weekly', every: 2, days: ['Monday', 'Friday'] };
    // 20 November 2026 is a Friday; the Monday after it is in the week that is left out.
    expect(shown(weekly, '2026-11-20T10:00:00')).to.equal('2026-11-30T10:00:00');
    const last: Trigger = { ...common, kind: 'monthly', days: ['last'], months: [2, 11] };
    expect(shown(last, '2026-11-30T10:00:00')).to.equal('2027-02-28T10:00:00');
  });

  it('is none after the end, when it is disabled, and when something other than time starts it', () => {
    const ended: Trigger = { ...common, end: '2026-11-21T00:00:00', kind: 'daily', every: 1 };
    expect(shown(ended, '2026-11-20T11:00:00')).to.equal(null);
    expect(shown({ ...common, enabled: false, kind: 'time' }, '2026-11-20T09:00:00')).to.equal(null);
    expect(shown({ ...common, kind: 'logon' }, '2026-11-20T09:00:00')).to.equal(null);
  });

  it('lies after now and on the grid of its repetition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1439 }), fc.integer({ min: 0, max: 1e9 }), (minutes, milliseconds) => {
        const repetition = { interval: `PT${minutes}M`, stopAtEnd: false };
        const now = at(common.start) + milliseconds;
        const next = nextRun({ ...common, kind: 'time', repetition }, now) ?? 0;
        expect(next)
          .to.be.greaterThan(now)
          .and.at.most(now + minutes * 60_000);
        expect((next - at(common.start)) % (minutes * 60_000)).to.equal(0);
      }),
    );
  });
});
