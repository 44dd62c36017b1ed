import type { LogEvent, LogScalar, LogValue } from '../../../src/model/log-event.ts';
import { fieldNames } from '../../../src/query/sigma/logsource/applies.ts';
import type { DetectionItem, SigmaRule } from '../../../src/query/sigma/rule/rule.ts';
import type { Matcher } from '../../../src/query/sigma/values/matcher.ts';

/** A character that no rule asks for. */
const foreign = '\u0001';

/** The event with the field of an item changed so that the item can no longer hold: as little as that takes. */
export const mutate = (event: LogEvent, rule: SigmaRule, item: DetectionItem): LogEvent => {
  if (item.field === null) return { ...event, fields: mapValues(event, (value) => breakValue(value, item.matchers)) };
  const name = fieldNames(rule.logsource, event.source)?.get(item.field) ?? item.field;
  const before = event.fields[name];
  if (before === undefined) return { ...event, fields: { ...event.fields, [name]: 'present' } };
  const fields: Record<string, LogValue> = { ...event.fields };
  if (item.matchers.some(({ kind }) => kind === 'exists')) delete fields[name];
  else fields[name] = breakValue(before, item.matchers);
  return { ...event, fields };
};

const mapValues = ({ fields }: LogEvent, change: (value: LogValue) => LogValue): Record<string, LogValue> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));

const breakValue = (value: LogValue, matchers: readonly Matcher[]): LogValue =>
  Array.isArray(value)
    ? (value as readonly LogScalar[]).map((one) => breakScalar(one, matchers))
    : breakScalar(value as LogScalar, matchers);

/** Every literal that a matcher has is broken in its middle; what no literal tells of is replaced as a whole. */
const breakScalar = (value: LogScalar, matchers: readonly Matcher[]): LogScalar => {
  let text = String(value ?? '');
  for (const matcher of flat(matchers)) {
    const literals =
      matcher.kind === 'text'
        ? matcher.pattern.flatMap((token) => (typeof token === 'object' ? [token.literal] : []))
        : [];
    // The longest says most; a single one has to be there.
    const longest = literals.reduce((most, one) => (one.length > most.length ? one : most), '');
    text = longest === '' ? foreign : breakIn(text, longest);
  }
  return text === String(value ?? '') ? foreign : text;
};

const flat = (matchers: readonly Matcher[]): readonly Exclude<Matcher, { readonly kind: 'any' }>[] =>
  matchers.flatMap((matcher) => (matcher.kind === 'any' ? flat(matcher.of) : [matcher]));

const breakIn = (text: string, literal: string): string => {
  const pattern = literal.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  const middle = literal.length >> 1;
  return text.replaceAll(
    new RegExp(pattern, 'gi'),
    (found) => found.slice(0, middle) + foreign + found.slice(middle + 1),
  );
};
