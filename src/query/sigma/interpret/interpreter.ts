import type { LogEvent } from '../../../model/log-event.ts';
import type { ConditionNode } from '../condition/condition.ts';
import type { DetectionItem, SearchNode, SigmaRule } from '../rule/rule.ts';
import type { Matcher } from '../values/matcher.ts';
import { createCompiled, type Compiled } from './compiled.ts';
import { matchValue, type Fields } from './match-value.ts';
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
  const matchSearch = (node: SearchNode, fields: Fields): boolean => {
    if (node.kind === 'item') return matchItem(node.item, fields);
    return node.kind === 'and'
      ? node.of.every((one) => matchSearch(one, fields))
      : node.of.some((one) => matchSearch(one, fields));
  };
  const matchCondition = (node: ConditionNode, rule: SigmaRule, fields: Fields): boolean => {
    switch (node.kind) {
      case 'and':
        return node.of.every((one) => matchCondition(one, rule, fields));
      case 'or':
        return node.of.some((one) => matchCondition(one, rule, fields));
      case 'not':
        return !matchCondition(node.of, rule, fields);
      case 'selection': {
        const selection = rule.selections.find(({ name }) => name === node.name);
        return selection !== undefined && matchSearch(selection.search, fields);
      }
    }
  };
  return {
    match: (rule, { fields }) => matchCondition(rule.condition, rule, fields),
    explain: (rule, { fields }) => ({
      matched: matchCondition(rule.condition, rule, fields),
      selections: rule.selections.map(({ name, search }) => ({
        name,
        matched: matchSearch(search, fields),
        items: itemsOf(search).map((item) => ({ item, matched: matchItem(item, fields) })),
      })),
    }),
  };
};

/** Every item of a selection, in the order of its text. */
export const itemsOf = (node: SearchNode): readonly DetectionItem[] =>
  node.kind === 'item' ? [node.item] : node.of.flatMap(itemsOf);
