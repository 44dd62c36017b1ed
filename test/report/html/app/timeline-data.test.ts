import { expect } from 'chai';
import { axisOf, rhythmOf, timelineOf } from '../../../../src/report/html/app/test/timeline-data.ts';
import { runFixture, variantOf } from '../run-fixture.ts';

const run = runFixture();

describe('a timeline', () => {
  it('has a lane for each signal, in the order of their first events', () => {
    const { lanes } = timelineOf(variantOf(run, 'vps'));
    expect(lanes.map((lane) => [lane.signal, lane.ticks.length])).to.deep.equal([
      ['process', 1],
      ['script-block', 1],
      ['check-ins', 24],
    ]);
  });

  it('knows the rhythm of a beacon, and none of a single event', () => {
    const [process, , checkIns] = timelineOf(variantOf(run, 'vps')).lanes;
    if (process === undefined || checkIns === undefined) throw new Error('lanes are missing');
    const rhythm = rhythmOf(checkIns);
    expect(rhythm?.median).to.be.closeTo(3e6, 0.02e6);
    expect(rhythm?.least).to.be.at.least(2.9e6);
    expect(rhythm?.most).to.be.at.most(3.1e6);
    expect(rhythmOf(process)).to.equal(null);
  });

  it('begins at the command’s start and holds every event', () => {
    const timeline = timelineOf(variantOf(run, 'as-documented'));
    expect(timeline.window?.from).to.equal(0);
    expect(timeline.lanes.flatMap((lane) => lane.ticks).every((tick) => tick.at >= 0 && tick.at <= timeline.length)).to.equal(true); // prettier-ignore
  });

  it('counts what has no readable time instead of placing it', () => {
    const result = variantOf(run, 'vps');
    const stray = { time: 'yesterday', signal: null, action: 'x', summary: '', host: 'h' };
    const timeline = timelineOf({ ...result, timeline: [...result.timeline, stray] });
    expect(timeline.untimed).to.deep.equal([stray]);
    expect(timeline.lanes).to.have.length(3);
  });

  it('stands without a command that ran', () => {
    const result = variantOf(run, 'vps');
    const timeline = timelineOf({ ...result, executed: { ...result.executed, startedAt: null, finishedAt: null } });
    expect(timeline.window).to.equal(null);
    expect(timeline.lanes[0]?.ticks[0]?.at).to.equal(0);
  });
});

describe('an axis', () => {
  it('has few labels, at round distances', () => {
    expect(axisOf(72e6)).to.deep.equal([0, 15e6, 30e6, 45e6, 60e6]);
    expect(axisOf(1e6)).to.deep.equal([0, 1e6]);
    expect(axisOf(1e15).length).to.be.at.most(7);
  });
});
