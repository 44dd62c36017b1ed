import type { Result } from '../../../../model/run-result.ts';
import { plural } from '../facts/format.ts';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';
import type { Timeline } from './timeline-data.ts';

interface TimelineTableProps {
  readonly result: Result;
  readonly timeline: Timeline;
}

/** The same events as text. */
export const TimelineTable = ({ result, timeline }: TimelineTableProps) => (
  <details class="fold">
    <summary>
      {plural(result.timeline.length, 'event')} as a table
      {timeline.untimed.length === 0 ? null : `, ${timeline.untimed.length} of them without a readable time`}
    </summary>
    <div class="scroller" tabIndex={0} role="region" aria-label="Events">
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Signal</th>
            <th scope="col">Action</th>
            <th scope="col">Host</th>
            <th scope="col">Event</th>
          </tr>
        </thead>
        <tbody>
          {result.timeline.map((entry) => (
            <tr>
              <td class="mono nowrap">
                <Text of={entry.time.replace(/^.*T/, '').replace('Z', '')} />
              </td>
              <td>{entry.signal === null ? null : <Text of={entry.signal} />}</td>
              <td>
                <Text of={entry.action} />
              </td>
              <td>
                <Text of={entry.host} />
              </td>
              <td class="mono">
                <LongLine text={entry.summary} limit={400} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </details>
);
