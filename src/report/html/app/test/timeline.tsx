import { useState } from 'preact/hooks';
import type { Result } from '../../../../model/run-result.ts';
import { clock, plural } from '../facts/format.ts';
import { Text } from '../text/text.tsx';
import { TimelineTable } from './timeline-table.tsx';
import { axisOf, rhythmOf, timelineOf, type Lane, type Tick, type Timeline } from './timeline-data.ts';
import { LaneTicks } from './lane-ticks.tsx';
import './timeline.css';

const seconds = (micros: number, digits: number): string => (micros / 1e6).toFixed(digits);

const Rhythm = ({ lane }: { readonly lane: Lane }) => {
  const rhythm = rhythmOf(lane);
  return (
    <span class="rhythm">
      {plural(lane.ticks.length, 'event')}
      {rhythm === null
        ? null
        : `, every ${seconds(rhythm.median, 1)} s (${seconds(rhythm.least, 2)} to ${seconds(rhythm.most, 2)})`}
    </span>
  );
};

const Axis = ({ timeline }: { readonly timeline: Timeline }) => (
  <div class="axis" aria-hidden="true">
    {axisOf(timeline.length).map((at) => (
      <span style={{ left: `${(at / timeline.length) * 100}%` }}>{clock(at)}</span>
    ))}
  </div>
);

const Detail = ({ tick }: { readonly tick: Tick | null }) => (
  <div class="tick-detail" role="status">
    {tick === null ? (
      <span class="note">Point at an event, or move to a lane and use the arrow keys.</span>
    ) : (
      <>
        <b>+{seconds(tick.at, 3)} s</b>
        {tick.gap === null ? null : <span class="note">{seconds(tick.gap, 3)} s after the one before</span>}
        <span class="tag">
          <Text of={tick.entry.action} />
        </span>
        <span class="tag">
          <Text of={tick.entry.host} />
        </span>
        <span class="mono tick-summary">
          <Text of={tick.entry.summary.slice(0, 500)} />
        </span>
      </>
    )}
  </div>
);

/** The matched events along the drill's time, a lane for each signal. */
export const TimelineView = ({ result }: { readonly result: Result }) => {
  const [tick, setTick] = useState<Tick | null>(null);
  const timeline = timelineOf(result);
  if (result.timeline.length === 0) return <p class="empty">No event matched a signal of this test.</p>;
  return (
    <div class="timeline">
      {timeline.lanes.map((lane) => (
        <div class="lane">
          <p class="lane-name">
            <b>{lane.signal === null ? 'other events' : <Text of={lane.signal} />}</b> <Rhythm lane={lane} />
          </p>
          <LaneTicks lane={lane} timeline={timeline} chosen={tick} choose={setTick} />
        </div>
      ))}
      <Axis timeline={timeline} />
      <Detail tick={tick} />
      <TimelineTable result={result} timeline={timeline} />
    </div>
  );
};
