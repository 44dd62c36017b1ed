import type { HuntExplanation, HuntObstacle, NearestEvent } from '../../model/hunt-explanation.ts';
import { isoMicros } from '../../util/iso-time.ts';
import { plural } from '../../util/plural.ts';
import { oneLine } from '../terminal/one-line.ts';
import type { Screen } from '../terminal/screen.ts';
import { dot, fit, paint } from '../terminal/style.ts';
import { sourceText } from './source-text.ts';

/** How many events a rule saw and matched, and what kept the nearest of the others. */
export const renderHuntExplanation = (screen: Screen, explanation: HuntExplanation): string => {
  const { rule, events, ofItsSource, matched, compared, nearest } = explanation;
  const counts = [
    plural(events, 'event'),
    `${ofItsSource} of its log source`,
    `${matched} matched`,
    `${compared.sql} by SQL too`,
  ].join(dot(screen));
  return [
    `${paint(screen, 'strong', oneLine(rule.title))} (${oneLine(rule.file)}:${rule.line})`,
    `  ${counts}`,
    ...nearest.flatMap((one) => nearLines(screen, one)),
  ]
    .map((line) => `${line}\n`)
    .join('');
};

const nearLines = (screen: Screen, { file, record, time, source, obstacles }: NearestEvent): readonly string[] => {
  const when = time === null ? '' : `, ${isoMicros(time)}`;
  return [
    `  ${oneLine(`${file}, record ${record}${when}, ${sourceText(source)}: ${plural(obstacles.length, 'item')} short`)}`,
    ...obstacles.map((one) => `    ${fit(screen, oneLine(obstacleText(one)), screen.width - 4)}`),
  ];
};

/** Values that an item shows of a long list. */
const shownValues = 5;

const obstacleText = ({ selection, key, asks, holds, value }: HuntObstacle): string => {
  const more = asks.length > shownValues ? `, and ${asks.length - shownValues} more` : '';
  const wanted = asks.slice(0, shownValues).join(', ') + more;
  const was =
    value === undefined ? (key === '' ? '' : '; there is no such field') : `; it was ${JSON.stringify(value)}`;
  return `${selection}: ${key === '' ? 'keywords' : key} ${holds ? 'must not be' : 'asks for'} ${wanted}${was}`;
};
