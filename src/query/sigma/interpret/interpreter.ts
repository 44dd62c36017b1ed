import type { LogEvent } from '../../../model/log-event.ts';
import type { ConditionNode } from '../condition/condition.ts';
import type { DetectionItem, SearchNode, SigmaRule } from '../rule/rule.ts';
import type { Matcher } from '../values/matcher.ts';
import { createCompiled, type Compiled } from './compiled.ts';
import { matchValue, type Fields } from './match-value.ts';
import { withPlainNames } from './plain-names.ts';
import { readField } from './read-field.ts';

/** The plain reading of Sigma, one event and one rule at a time. Everything faster is held to it. Ignores log sources. */
export interface Interpreter {
  match(rule: SigmaRule, event: Pick<LogEvent, 'fields'>): boolean;
  /** What matched and what did not, for every selection and item. */
  explain(rule: SigmaRule, event: Pick<LogEvent, 'fields'>): RuleExplanation;
}

export interface RuleExplanation {
  readonly matched: boolean;
  readonly selections: readonly SelectionExplanation[];
}

export interface SelectionExplanation {
  readonly name: string;
  readonly matched: boolean;
  readonly items: readonly { readonly item: DetectionItem; readonly matched: boolean }[];
}

export const createInterpreter = (compiled: Compiled = createCompiled()): Interpreter => {
  const matchItem = (item: DetectionItem, fields: Fields): boolean => {
    const test = (matcher: Matcher): boolean =>
      item.field === null
        ? Object.values(fields).some((value) => matchValue(matcher, value, fields, compiled))
        : matchValue(matcher, readField(fields, item.field), fields, compiled);
    return (item.all ? item.matchers.every(test) : item.matchers.some(test)) !== item.negated;
  };
  return {
    match: (rule, event) => {
      const fields = withPlainNames(event.fields);
      return matchRule(rule, (item) => matchItem(item, fields));
    },
    explain: (rule, event) => {
      const fields = withPlainNames(event.fields);
      const items = rule.selections.flatMap(({ search }) => itemsOf(search));
      const known = new Map(items.map((item) => [item, matchItem(item, fields)]));
      const holds = (item: DetectionItem): boolean => known.get(item) === true;
      return {
        matched: matchRule(rule, holds),
        selections: rule.selections.map(({ name, search }) => ({
          name,
          matched: matchSearch(search, holds),
          items: itemsOf(search).map((item) => ({ item, matched: holds(item) })),
        })),
      };
    },
  };
};

type Holds = (item: DetectionItem) => boolean;

const matchRule = (rule: SigmaRule, holds: Holds): boolean => {
  const matchCondition = (node: ConditionNode): boolean => {
    switch (node.kind) {
      case 'and':
        return node.of.every(matchCondition);
      case 'or':
        return node.of.some(matchCondition);
      case 'not':
        return !matchCondition(node.of);
      case 'selection': {
        const selection = rule.selections.find(({ name }) => name === node.name);
        return selection !== undefined && matchSearch(selection.search, holds);
      }
    }
  };
  return matchCondition(rule.condition);
};

const matchSearch = (node: SearchNode, holds: Holds): boolean => {
  if (node.kind === 'item') return holds(node.item);
  return node.kind === 'and'
    ? node.of.every((one) => matchSearch(one, holds))
    : node.of.some((one) => matchSearch(one, holds));
};

/** Every item of a selection, in the order of its text. */
export const itemsOf = (node: SearchNode): readonly DetectionItem[] =>
  node.kind === 'item' ? [node.item] : node.of.flatMap(itemsOf);
