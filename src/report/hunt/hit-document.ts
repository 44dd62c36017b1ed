import type { HuntHit, HuntPlace } from '../../model/hunt.ts';
import { isoMicros } from '../../util/iso-time.ts';

const timeText = (micros: number | null): string | null => (micros === null ? null : isoMicros(micros));

const placeOf = ({ file, record, time }: HuntPlace) => ({ file, record, time: timeText(time) });

/** A hit as JSON has it: times as ISO 8601. */
export const hitDocument = (hit: HuntHit) => {
  const { id, title, level, status, tags, techniques, file, line } = hit.rule;
  const rule = { id, title, level, status, tags, techniques, file, line };
  if (hit.kind === 'event') {
    const { kind, source, selections, fields } = hit;
    return { kind, rule, ...placeOf(hit), source, selections, fields };
  }
  const { kind, from, to, group, value, events } = hit;
  return {
    kind,
    rule,
    from: timeText(from),
    to: timeText(to),
    group: Object.fromEntries(group),
    value,
    events: events.map(placeOf),
  };
};
