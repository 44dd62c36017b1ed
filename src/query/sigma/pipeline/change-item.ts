import { assertNever } from '../../../model/assert-never.ts';
import type { DetectionItem } from '../rule/rule.ts';
import type { Matcher } from '../values/matcher.ts';
import { parsePattern, renderPattern } from '../values/pattern.ts';
import { toMatcher, toWorkingValue } from '../values/working-value.ts';
import type { Transformation } from './pipeline.ts';

/** Transformations of one item at a time. */
export type ItemTransformation = Extract<
  Transformation,
  {
    readonly type:
      | 'field_name_mapping'
      | 'field_name_prefix_mapping'
      | 'field_name_prefix'
      | 'field_name_suffix'
      | 'drop_detection_item'
      | 'replace_string'
      | 'map_string'
      | 'set_value';
  }
>;

/** An item after a transformation: itself, another, several of which any may hold, or none. */
export const changeItem = (
  item: DetectionItem,
  one: ItemTransformation,
): DetectionItem | readonly DetectionItem[] | null => {
  const { field } = item;
  switch (one.type) {
    case 'field_name_mapping': {
      const names = field !== null && Object.hasOwn(one.mapping, field) ? one.mapping[field] : undefined;
      return names === undefined
        ? referring(item, one.mapping)
        : names.map((name) => rename(referring(item, one.mapping), name));
    }
    case 'field_name_prefix_mapping': {
      const prefix = Object.keys(one.mapping).find((start) => field?.startsWith(start) === true);
      if (field === null || prefix === undefined) return item;
      return (one.mapping[prefix] ?? []).map((start) => rename(item, start + field.slice(prefix.length)));
    }
    case 'field_name_prefix':
      return field === null ? item : rename(item, one.prefix + field);
    case 'field_name_suffix':
      return field === null ? item : rename(item, field + one.suffix);
    case 'drop_detection_item':
      return null;
    case 'replace_string': {
      const expression = new RegExp(one.regex, 'g');
      const replacement = one.replacement
        .replaceAll('$', '$$$$')
        .replaceAll(/\\(\d|g<(\w+)>)/g, (_, digit: string, name?: string) => `$${name ?? digit}`);
      return changeTexts(item, (text) => [text.replace(expression, replacement)]);
    }
    case 'map_string':
      return changeTexts(item, (text) => (Object.hasOwn(one.mapping, text) ? (one.mapping[text] ?? [text]) : [text]));
    case 'set_value': {
      const working = toWorkingValue(one.value);
      return working === null ? item : { ...item, all: false, matchers: [toMatcher(working, field === null)] };
    }
    default:
      return assertNever(one);
  }
};

const rename = (item: DetectionItem, field: string): DetectionItem => ({ ...item, field });

/** References to other fields follow their fields; where one becomes several, the first. */
const referring = (item: DetectionItem, mapping: Readonly<Record<string, readonly string[]>>): DetectionItem => {
  if (!item.matchers.some((matcher) => matcher.kind === 'fieldref' && Object.hasOwn(mapping, matcher.field)))
    return item;
  const matchers = item.matchers.map((matcher): Matcher =>
    matcher.kind === 'fieldref' && Object.hasOwn(mapping, matcher.field)
      ? { ...matcher, field: mapping[matcher.field]?.[0] ?? matcher.field }
      : matcher,
  );
  return { ...item, matchers };
};

/** The item's texts as an author would write them, wildcards and all. */
export const textsOf = (item: DetectionItem): readonly string[] => item.matchers.flatMap(textsIn);

const textsIn = (matcher: Matcher): readonly string[] => {
  if (matcher.kind === 'any') return matcher.of.flatMap(textsIn);
  return matcher.kind === 'text' ? [renderPattern(matcher.pattern)] : [];
};

const changeTexts = (item: DetectionItem, change: (text: string) => readonly string[]): DetectionItem => {
  let changed = false;
  const changeOne = (matcher: Matcher): Matcher => {
    if (matcher.kind === 'any') return { kind: 'any', of: matcher.of.map(changeOne) };
    if (matcher.kind !== 'text' || matcher.pattern.includes('dash')) return matcher;
    const before = renderPattern(matcher.pattern);
    const after = change(before);
    if (after.length === 1 && after[0] === before) return matcher;
    changed = true;
    const of = after.map((text): Matcher => ({ ...matcher, pattern: parsePattern(text) }));
    return of.length === 1 ? (of[0] ?? matcher) : { kind: 'any', of };
  };
  const matchers = item.matchers.map(changeOne);
  return changed ? { ...item, matchers } : item;
};
