import { createFields } from '../../formats/log/fields.ts';
import type { LogEvent } from '../../model/log-event.ts';
import { readField } from '../../query/sigma/interpret/read-field.ts';
import { withPlainNames } from '../../query/sigma/interpret/plain-names.ts';
import type { Correlation } from '../../query/sigma/correlate/correlation.ts';

/** An event with the named fields only: what is kept of a million of them. */
export const slimEvent = (event: LogEvent, names: readonly string[]): LogEvent => {
  const all = withPlainNames(event.fields);
  const fields = createFields();
  for (const name of names) {
    const value = readField(all, name);
    if (value !== undefined) fields[name] = value;
  }
  return { ...event, fields };
};

/** Every field whose values correlations group by, count or measure. */
export const fieldsOfCorrelations = (correlations: readonly Correlation[]): readonly string[] => [
  ...new Set(
    correlations.flatMap(({ groupBy, valueFields, aliases }) => [
      ...groupBy,
      ...valueFields,
      ...[...aliases.values()].flatMap((fields) => [...fields.values()]),
    ]),
  ),
];
