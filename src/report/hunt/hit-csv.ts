import type { HuntHit } from '../../model/hunt.ts';
import { isoMicros } from '../../util/iso-time.ts';
import { renderCsv } from '../rows/render-csv.ts';
import { itemText } from './item-text.ts';

const names = [
  'time',
  'level',
  'rule',
  'rule_id',
  'techniques',
  'file',
  'record',
  'computer',
  'channel',
  'event_id',
  'selections',
  'matched',
];

const columns = names.map((name) => ({ name, type: 'string' as const }));

export const hitCsvHeader = renderCsv({ columns, rows: [] });

/** One line of RFC 4180. A correlation stands at its last event. */
export const hitCsvLine = (hit: HuntHit): string =>
  renderCsv({ columns, rows: [cellsOf(hit)] }).slice(hitCsvHeader.length);

const cellsOf = (hit: HuntHit): readonly (string | number | null)[] => {
  const { level, title, id, techniques } = hit.rule;
  const rule = [level, title, id, techniques.join(' ')];
  if (hit.kind === 'correlation') {
    const { to, events, group, value } = hit;
    const last = events.at(-1);
    const matched = [...group.map(([name, text]) => `${name}=${text}`), `value=${value}`, `events=${events.length}`];
    return [
      isoMicros(to),
      ...rule,
      last?.file ?? null,
      last?.record ?? null,
      null,
      null,
      null,
      null,
      matched.join('; '),
    ];
  }
  const { time, file, record, source, fields, selections } = hit;
  const computer = fields['Computer'];
  return [
    time === null ? null : isoMicros(time),
    ...rule,
    file,
    record,
    computer === undefined ? null : String(computer),
    source.channel ?? source.service ?? source.category,
    source.eventId,
    selections.map(({ name }) => name).join(' '),
    selections.flatMap(({ items }) => items.map(itemText)).join('; '),
  ];
};
