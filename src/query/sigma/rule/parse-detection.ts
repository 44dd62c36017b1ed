import type { Place } from '../../../model/place.ts';
import type { Json } from '../../../model/json.ts';
import type { Path } from '../../../util/yaml/locate.ts';
import { locateWithin } from '../../../util/yaml/locate-text.ts';
import type { ConditionNode, ConditionProblem } from '../condition/condition.ts';
import { parseCondition } from '../condition/parse-condition.ts';
import { resolveCondition } from '../condition/resolve-condition.ts';
import { wholePlace } from './parse-item.ts';
import { parseSelection } from './parse-selection.ts';
import type { RuleContext } from './rule-context.ts';
import type { Selection } from './rule.ts';

export interface Detection {
  readonly selections: readonly Selection[];
  readonly condition: ConditionNode;
}

const reserved: ReadonlySet<string> = new Set(['condition', 'timeframe']);

/** A map of selections with the condition that joins them; `ignored` keys belong to somebody else. */
export const parseDetection = (
  detection: Readonly<Record<string, Json>>,
  path: Path,
  context: RuleContext,
  ignored: readonly string[] = [],
): Detection | null => {
  const names = Object.keys(detection).filter((name) => !reserved.has(name) && !ignored.includes(name));
  if (names.length === 0) context.problems.add(path, 'sigma/no-selection', 'there is no selection', { part: 'key' });
  const selections = names.map((name): Selection | null => {
    const search = parseSelection(detection[name] ?? null, [...path, name], context);
    return search === null ? null : { name, search, place: wholePlace(context.yaml, [...path, name]) };
  });
  const condition = parseConditions(detection['condition'], [...path, 'condition'], names, context);
  if (condition === null || selections.includes(null) || names.length === 0) return null;
  return { selections: selections.filter((selection) => selection !== null), condition };
};

const parseConditions = (
  value: Json | undefined,
  path: Path,
  names: readonly string[],
  context: RuleContext,
): ConditionNode | null => {
  if (value === undefined) {
    context.problems.add(path.slice(0, -1), 'sigma/no-condition', 'there is no condition', { part: 'key' });
    return null;
  }
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  const nodes = list.map((text, index) =>
    parseOne(text, Array.isArray(value) ? [...path, index] : path, names, context),
  );
  if (nodes.length === 0 || nodes.includes(null)) {
    if (nodes.length === 0) context.problems.add(path, 'sigma/no-condition', 'there is no condition');
    return null;
  }
  const of = nodes.filter((node) => node !== null);
  return of.length === 1 ? (of[0] ?? null) : { kind: 'or', of, text: list.map(String).join(' or ') };
};

const parseOne = (text: Json, path: Path, names: readonly string[], context: RuleContext): ConditionNode | null => {
  const { problems, yaml } = context;
  // A selection's name may be a number, and so a condition too.
  if (typeof text !== 'string' && typeof text !== 'number') {
    problems.add(path, 'sigma/condition', 'a condition is a text');
    return null;
  }
  const source = String(text);
  const report = ({ message, hint, start, end }: ConditionProblem): void => {
    const place: Place = locateWithin(yaml, path, start, Math.max(1, end - start));
    problems.add(path, 'sigma/condition', message, { hint, place });
  };
  const parsed = parseCondition(source);
  if (!parsed.ok) {
    report(parsed.problem);
    return null;
  }
  const resolved = resolveCondition(parsed.syntax, source, names);
  resolved.problems.forEach(report);
  return resolved.problems.length > 0 ? null : resolved.condition;
};
