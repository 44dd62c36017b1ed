import type { TargetedKeyboardEvent } from 'preact';
import { plural } from '../facts/format.ts';
import { visible } from '../text/visible.ts';
import type { Lane, Tick, Timeline } from './timeline-data.ts';

interface LaneTicksProps {
  readonly lane: Lane;
  readonly timeline: Timeline;
  readonly chosen: Tick | null;
  readonly choose: (tick: Tick | null) => void;
}

const width = 1000;
const height = 34;

/** Where the arrow keys lead from `index`. */
const moves: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowRight: (index, last) => Math.min(index + 1, last),
  ArrowLeft: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_index, last) => last,
};

const sameEvent = (a: Tick | null, b: Tick): boolean => a?.entry === b.entry;

/** One lane as a picture: one stop for the Tab key, and the arrow keys go from event to event. */
export const LaneTicks = ({ lane, timeline, chosen, choose }: LaneTicksProps) => {
  const x = (at: number): number => (at / timeline.length) * width;
  const index = lane.ticks.findIndex((tick) => sameEvent(chosen, tick));
  const onKeyDown = (event: TargetedKeyboardEvent<SVGSVGElement>): void => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    choose(lane.ticks[move(index, lane.ticks.length - 1)] ?? null);
  };
  const ran = timeline.window;
  return (
    <svg
      class="lane-ticks"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      tabIndex={0}
      role="img"
      aria-label={visible(`${lane.signal ?? 'other events'}: ${plural(lane.ticks.length, 'event')}`)}
      onFocus={() => index < 0 && choose(lane.ticks[0] ?? null)}
      onKeyDown={onKeyDown}
    >
      {ran === null ? null : <rect class="ran" x={x(ran.from)} width={x(ran.to - ran.from)} height={height} />}
      <line class="lane-line" x1="0" x2={width} y1={height / 2} y2={height / 2} />
      {lane.ticks.map((tick) => (
        <g class={sameEvent(chosen, tick) ? 'tick chosen' : 'tick'} onPointerEnter={() => choose(tick)}>
          <rect class="reach" x={x(tick.at) - 6} width="12" height={height} />
          <line x1={x(tick.at)} x2={x(tick.at)} y1="6" y2={height - 6} />
        </g>
      ))}
    </svg>
  );
};
