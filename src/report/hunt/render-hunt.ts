import type { HuntCount, HuntHit, HuntRule, HuntSummary } from '../../model/hunt.ts';
import { isoMicros } from '../../util/iso-time.ts';
import { plural } from '../../util/plural.ts';
import { renderTable } from '../table/render-table.ts';
import { oneLine } from '../terminal/one-line.ts';
import type { Screen } from '../terminal/screen.ts';
import { dot, fit, paint, type Tone } from '../terminal/style.ts';
import { itemText } from './item-text.ts';
import { sourceText } from './source-text.ts';

const number = (value: number): string => value.toLocaleString('en');

/** What a hunt came to, for people: rules, data, hits by level, technique and rule, with the examples that were kept. */
export const renderHunt = (
  screen: Screen,
  summary: HuntSummary,
  examples: ReadonlyMap<HuntRule, readonly HuntHit[]>,
): string =>
  [
    headline(screen, summary),
    levelTable(summary),
    techniqueTable(summary),
    ...summary.byRule.map((count) => ruleLines(screen, count, examples.get(count.rule) ?? [])),
  ]
    .filter((part) => part !== '')
    .join('\n');

const headline = (screen: Screen, { rules, data, hits, byRule, uncorrelated, verified }: HuntSummary): string => {
  const losses = data.files.flatMap((file) => file.losses);
  const lost = losses.reduce((sum, { count }) => sum + count, 0);
  const unknown = data.files.filter(({ reason }) => reason !== null).length;
  const unmatched = data.sources.filter((source) => source.rules === 0).reduce((sum, { events }) => sum + events, 0);
  const facts = (name: string, parts: readonly (string | false)[]): string =>
    `${paint(screen, 'strong', name.padEnd(6))}${parts.filter((part) => part !== false).join(dot(screen))}\n`;
  return [
    facts('Rules', [
      `${number(rules.loaded)} loaded`,
      rules.correlations > 0 && plural(rules.correlations, 'correlation'),
      rules.filters > 0 && plural(rules.filters, 'filter'),
      `${number(rules.refused.length)} refused`,
      rules.notSelected > 0 && `${number(rules.notSelected)} not asked for`,
      `${number(rules.neverApplicable.length)} for no source in the data`,
      rules.undecided.length > 0 &&
        paint(screen, 'warning', `${number(rules.undecided.length)} undecided on some events`),
    ]),
    facts('Data', [
      `${number(data.events)} ${data.events === 1 ? 'event' : 'events'}`,
      plural(data.files.length, 'file'),
      unknown > 0 && paint(screen, 'warning', `${plural(unknown, 'file')} not read`),
      lost > 0 && paint(screen, 'warning', `${number(lost)} could not be read`),
      unmatched > 0 && `${number(unmatched)} ${unmatched === 1 ? 'event' : 'events'} that no rule is for`,
      data.outside > 0 && `${number(data.outside)} outside the time asked for`,
      data.untimed > 0 && paint(screen, 'warning', `${number(data.untimed)} without a time`),
    ]),
    facts('Hits', [
      `${number(hits)} of ${plural(byRule.length, 'rule')}`,
      uncorrelated > 0 && paint(screen, 'warning', `${number(uncorrelated)} without a time, not correlated`),
      verified !== null &&
        `${plural(verified.rules, 'rule')} decided by SQL too, on ${number(verified.pairs)} events in all`,
    ]),
  ].join('');
};

const countCells = ({ rules, hits }: HuntCount): readonly string[] => [number(rules), number(hits)];

const levelTable = ({ levels }: HuntSummary): string => {
  const found = levels.filter(({ hits }) => hits > 0);
  if (found.length === 0) return '';
  return renderTable(
    ['LEVEL', 'RULES', 'HITS'],
    found.map((one) => [one.level ?? 'none', ...countCells(one)]),
  );
};

const techniqueTable = ({ techniques }: HuntSummary): string => {
  if (techniques.length === 0) return '';
  return renderTable(
    ['TECHNIQUE', 'RULES', 'HITS', 'NAME'],
    techniques.map((one) => [one.technique, ...countCells(one), one.name ?? 'not in ATT&CK']),
  );
};

const tones: Readonly<Record<string, Tone>> = { critical: 'bad', high: 'bad', medium: 'warning' };

const ruleLines = (
  screen: Screen,
  { rule, hits, first, last }: HuntSummary['byRule'][number],
  examples: readonly HuntHit[],
): string => {
  const level = rule.level ?? 'none';
  const when = first === null || last === null ? '' : spanText(first, last);
  const head = [
    paint(screen, tones[level] ?? 'quiet', level.padEnd(13)),
    paint(screen, 'strong', oneLine(rule.title)),
    dot(screen),
    plural(hits, 'hit'),
    when === '' ? '' : dot(screen) + when,
  ].join('');
  return [head, ...examples.flatMap((hit) => hitLines(screen, hit))].map((line) => `${line}\n`).join('');
};

const seconds = (micros: number): string => `${isoMicros(micros).slice(0, 19)}Z`;

const spanText = (first: number, last: number): string =>
  seconds(first) === seconds(last) ? seconds(first) : `${seconds(first)} to ${seconds(last)}`;

const hitLines = (screen: Screen, hit: HuntHit): readonly string[] => {
  const line = (indent: number, text: string): string =>
    ' '.repeat(indent) + fit(screen, oneLine(text), screen.width - indent);
  if (hit.kind === 'correlation') {
    const group = hit.group.map(([name, value]) => `${name}=${value}`).join(' ');
    return [line(2, `${plural(hit.events.length, 'event')}, value ${hit.value} ${group}`)];
  }
  return [
    line(2, `${hit.file}, record ${hit.record}, ${sourceText(hit.source)}`),
    ...hit.selections.flatMap(({ name, items }) => items.map((item) => line(4, `${name}: ${itemText(item)}`))),
  ];
};
