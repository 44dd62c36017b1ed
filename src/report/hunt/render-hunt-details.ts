import type { HuntSummary } from '../../model/hunt.ts';
import { plural } from '../../util/plural.ts';
import { oneLine } from '../terminal/one-line.ts';
import { sourceText } from './source-text.ts';

/** What a hunt could not use, one line each: files, records; with `verbose` rules and sources too. */
export const renderHuntDetails = ({ rules, data }: HuntSummary, verbose: boolean): string => {
  const lines = [
    ...data.files.flatMap(({ file, reason, losses }) => [
      ...(reason === null ? [] : [`not read: ${file}: ${reason}`]),
      ...losses.map(({ kind, count, detail }) => `${kind}: ${file}: ${count} × ${detail}`),
    ]),
    ...rules.undecided.map(
      ({ rule: { title, file, line }, events }) =>
        `undecided: ${title} (${file}:${line}): its expressions ran out of their budget on ${plural(events, 'event')}`,
    ),
    ...data.sources
      .filter((one) => one.rules === 0)
      .slice(0, verbose ? undefined : mostSources)
      .map(({ source, events }) => `no rule is for: ${sourceText(source)}: ${plural(events, 'event')}`),
    ...(verbose
      ? [
          ...rules.refused.flatMap(({ title, file, line, reasons }) =>
            reasons.map((reason) => `refused: ${title ?? 'no title'} (${file}:${line}): ${reason}`),
          ),
          ...rules.renamed.map(
            ({ rule, pipeline, transformation, field, became }) =>
              `mapped: ${rule}: ${field} → ${became.join(', ') || 'nothing'} by ${transformation} of ${pipeline}`,
          ),
          ...rules.neverApplicable.map(
            ({ title, file, line }) => `for no source in the data: ${title} (${file}:${line})`,
          ),
          ...data.sources
            .filter((one) => one.rules > 0)
            .map(
              ({ source, events, rules: count }) =>
                `recognized: ${sourceText(source)}: ${plural(events, 'event')}, ${plural(count, 'rule')}`,
            ),
        ]
      : []),
  ];
  return lines.map((line) => `${oneLine(line)}\n`).join('');
};

const mostSources = 5;
