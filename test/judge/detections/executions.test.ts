import { expect } from 'chai';
import fc from 'fast-check';
import { distinctExecutions } from '../../../src/judge/detections/distinct-executions.ts';
import { executionsOver } from '../../../src/judge/detections/execution-times.ts';
import { phasesOf } from '../../../src/judge/detections/phases.ts';
import { hour, second } from '../../../src/judge/detections/span.ts';
import { at } from '../../support/events.ts';

const minute = 60 * second;
const drill = { first: at('2026-11-20T16:07:30Z'), last: at('2026-11-20T16:08:45Z') };
const hourly = { frequencySeconds: 3600, periodSeconds: 3600, threshold: 0 };
const daily = { frequencySeconds: 86_400, periodSeconds: 86_400, threshold: 0 };
const quick = { frequencySeconds: 300, periodSeconds: 3600, threshold: 0 };

describe('the phases of a drill', () => {
  it('begin every five minutes of the hour for an hourly rule, and once lie across the hour', () => {
    const phases = phasesOf(drill, hourly);
    const starts = phases.map(({ span }) => ((span.first % hour) + hour) % hour);
    expect(starts.slice(0, 11)).to.deep.equal(Array.from({ length: 11 }, (_, index) => (index + 1) * 5 * minute));
    const across = phases.at(-1)?.span;
    expect([across?.first, across?.last]).to.deep.equal([at('2026-11-20T15:59:22.5Z'), at('2026-11-20T16:00:37.5Z')]);
  });

  it('keep the length of the drill', () => {
    for (const { span, shiftMicros } of phasesOf(drill, daily)) {
      expect(span).to.deep.equal({ first: drill.first + shiftMicros, last: drill.last + shiftMicros });
    }
  });

  it('vary the minute of the hour, the hour of a daily rule’s day, and the second of a quick rule’s round', () => {
    const distinct = (schedule: typeof daily, modulus: number): number =>
      new Set(phasesOf(drill, schedule).map(({ span }) => span.first % modulus)).size;
    expect(distinct(daily, hour)).to.equal(12);
    expect(distinct(daily, 24 * hour)).to.equal(12);
    expect(distinct(quick, 5 * minute)).to.equal(12);
    expect(distinct(quick, hour)).to.equal(12);
  });

  it('are the same whatever the minute at which the drill was run', () => {
    const later = { first: drill.first + 17 * minute + 1, last: drill.last + 17 * minute + 1 };
    expect(phasesOf(later, hourly).map(({ span }) => span)).to.deep.equal(
      phasesOf(drill, hourly).map(({ span }) => span),
    );
  });
});

describe('the executions of a rule', () => {
  it('run on the clock, as long as their window can hold a row of the drill', () => {
    const times = executionsOver(drill, { frequencySeconds: 1800, periodSeconds: 3600, threshold: 0 });
    expect(times.map(({ now }) => now)).to.deep.equal([at('2026-11-20T16:30:00Z'), at('2026-11-20T17:00:00Z')]);
    expect(times[0]?.window).to.deep.equal({ from: at('2026-11-20T15:30:00Z'), until: at('2026-11-20T16:30:00Z') });
  });

  it('begin in the middle of a drill that lasts longer than their frequency', () => {
    const long = { first: at('2026-11-20T16:00:00Z'), last: at('2026-11-20T18:00:00Z') };
    expect(executionsOver(long, hourly).map(({ now }) => now)).to.deep.equal([
      at('2026-11-20T17:00:00Z'),
      at('2026-11-20T18:00:00Z'),
      at('2026-11-20T19:00:00Z'),
    ]);
  });

  it('are never endless', () => {
    expect(() => executionsOver(drill, { ...hourly, frequencySeconds: 0 })).to.throw('above zero');
  });

  it('see every row of the drill in one window at least', () => {
    const span = fc
      .tuple(fc.nat(4 * hour), fc.nat(4 * hour))
      .map(([first, length]) => ({ first, last: first + length }));
    const schedule = fc
      .tuple(fc.integer({ min: 1, max: 240 }), fc.integer({ min: 1, max: 4 }))
      .map(([minutes, factor]) => ({
        frequencySeconds: minutes * 60,
        periodSeconds: minutes * 60 * factor,
        threshold: 0,
      }));
    fc.assert(
      fc.property(span, schedule, fc.double({ min: 0, max: 1, noNaN: true }), (drilled, rule, where) => {
        const row = Math.floor(drilled.first + where * (drilled.last - drilled.first));
        const seen = executionsOver(drilled, rule).filter(({ window }) => window.from <= row && row < window.until);
        expect(seen.length).to.be.greaterThan(0);
      }),
    );
  });
});

describe('executions that cannot differ', () => {
  const events = [0, 30, 60, 61].map((minutes) => drill.first + minutes * minute);
  const rule = { frequencySeconds: 300, periodSeconds: 7200, threshold: 0 };
  const executions = executionsOver({ first: events[0] ?? 0, last: events.at(-1) ?? 0 }, rule);

  it('are run once', () => {
    const classes = distinctExecutions(executions, { events, values: [], lookbacks: [] });
    expect(classes.length).to.be.lessThan(10);
    expect(classes.reduce((sum, { count }) => sum + count, 0)).to.equal(executions.length);
    expect(Math.max(...classes.map(({ visible }) => visible))).to.equal(4);
  });

  it('are all run where nobody knows how the query uses now()', () => {
    expect(distinctExecutions(executions, { events, values: [], lookbacks: null })).to.have.length(executions.length);
  });

  // The oracle is the query itself, run at every execution: any decision made of comparisons of values with now() minus a distance.
  it('give the same answer as running every one of them', () => {
    const times = fc
      .array(fc.nat(600), { minLength: 1, maxLength: 8 })
      .map((list) => list.map((n) => n * minute).sort((a, b) => a - b));
    const distances = fc.array(fc.nat(300), { maxLength: 3 }).map((list) => list.map((n) => n * minute));
    fc.assert(
      fc.property(
        times,
        distances,
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 300 }),
        (rows, lookbacks, every, period) => {
          const all = executionsOver(
            { first: rows[0] ?? 0, last: rows.at(-1) ?? 0 },
            { frequencySeconds: every * 60, periodSeconds: period * 60, threshold: 0 },
          );
          const answer = ({ now, window }: (typeof all)[number]): string =>
            rows
              .filter((row) => window.from <= row && row < window.until)
              .map((row) =>
                [row, ...lookbacks.flatMap((distance) => [row > now - distance, row >= now - distance])].join(),
              )
              .join(';');
          const reduced = distinctExecutions(all, { events: rows, values: rows, lookbacks });
          expect(new Set(reduced.map(({ execution }) => answer(execution)))).to.deep.equal(new Set(all.map(answer)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
