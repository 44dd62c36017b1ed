import type { Json } from '../../../model/json.ts';
import type { Place } from '../../../model/place.ts';
import { suggestionHint } from '../../../util/suggest.ts';
import type { Path } from '../../../util/yaml/locate.ts';
import type { YamlText } from '../../../util/yaml/yaml-file.ts';
import { applyModifier } from '../values/apply-modifier.ts';
import type { Matcher } from '../values/matcher.ts';
import { modifierNames, modifierOf, type Modifier } from '../values/modifiers.ts';
import { toMatcher, toWorkingValue } from '../values/working-value.ts';
import type { RuleContext } from './rule-context.ts';
import type { DetectionItem } from './rule.ts';

/** `Field|modifier|modifier: value or values`; null when something is wrong with it. */
export const parseItem = (key: string, value: Json, path: Path, context: RuleContext): DetectionItem | null => {
  const [field = '', ...names] = key.split('|');
  const modifiers = readModifiers(names, path, context);
  const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (values.length === 0) {
    context.problems.add(path, 'sigma/empty-list', 'an empty list matches nothing', { part: 'key' });
    return null;
  }
  if (modifiers === null) return null;
  const all = modifiers.some(({ kind }) => kind === 'all');
  if (all && values.length === 1) {
    const message = '"all" says nothing of a single value';
    context.problems.add(path, 'sigma/single-all', message, { severity: 'warning', part: 'key' });
  }
  if (modifiers.some(({ kind }) => kind === 'exists') && field === '') {
    context.problems.add(path, 'sigma/modifier', 'exists belongs to a field', { part: 'key' });
    return null;
  }
  const matchers = values.map((one, index) =>
    parseValue(one, Array.isArray(value) ? [...path, index] : path, modifiers, field === '', context),
  );
  if (matchers.includes(null)) return null;
  return {
    field: field === '' ? null : field,
    key,
    all,
    negated: modifiers.some(({ kind }) => kind === 'neq'),
    matchers: matchers.filter((matcher) => matcher !== null),
    place: wholePlace(context.yaml, path, key === '' ? 'value' : 'key'),
  };
};

const readModifiers = (names: readonly string[], path: Path, { problems }: RuleContext): readonly Modifier[] | null => {
  const read = names.map(modifierOf);
  for (const [index, modifier] of read.entries()) {
    if (modifier !== null) continue;
    const name = names[index] ?? '';
    problems.add(
      path,
      'sigma/unknown-modifier',
      name === '' ? 'a modifier is missing after "|"' : `unknown modifier "${name}"`,
      {
        hint: suggestionHint(name, modifierNames),
        part: 'key',
      },
    );
  }
  return read.includes(null) ? null : read.filter((modifier) => modifier !== null);
};

const parseValue = (
  value: Json,
  path: Path,
  modifiers: readonly Modifier[],
  isKeyword: boolean,
  { problems, placeholders }: RuleContext,
): Matcher | null => {
  let working = toWorkingValue(value);
  if (working === null) {
    problems.add(path, 'sigma/value', `${Array.isArray(value) ? 'a list' : 'a mapping'} is no value of a field`);
    return null;
  }
  if (isKeyword && working.kind === 'null') {
    problems.add(path, 'sigma/value', 'a keyword is a text', { part: 'key' });
    return null;
  }
  for (const modifier of modifiers) {
    const applied = applyModifier(working, modifier, placeholders);
    if ('problem' in applied) {
      const code = applied.unresolved === undefined ? 'sigma/modifier' : 'sigma/unresolved-placeholder';
      problems.add(path, code, applied.problem);
      return null;
    }
    working = applied;
  }
  return toMatcher(working, isKeyword);
};

/** From the key to the end of its value. */
export const wholePlace = (yaml: YamlText, path: Path, from: 'key' | 'value' = 'key'): Place => {
  const { endLine, endColumn } = yaml.place(path);
  const { file, line, column } = yaml.place(path, from);
  return { file, line, column, ...(endLine === undefined || endColumn === undefined ? {} : { endLine, endColumn }) };
};
