import type { ConditionNode } from '../condition/condition.ts';
import type { LogSourceSpec, SigmaRule } from '../rule/rule.ts';
import type { FilterMeaning, SigmaFilter } from './filter.ts';

/** A rule with every filter that is meant for it. */
export const applyFilters = (rule: SigmaRule, filters: readonly SigmaFilter[], meaning: FilterMeaning): SigmaRule =>
  filters
    .filter((filter) => isFor(filter, rule))
    .reduce((filtered, filter) => applyOne(filtered, filter, meaning), rule);

const isFor = (filter: SigmaFilter, rule: SigmaRule): boolean =>
  covers(filter.logsource, rule.logsource) &&
  (filter.rules === 'any' || filter.rules.some((name) => name.toLowerCase() === rule.id || name === rule.name));

const covers = (wide: LogSourceSpec, narrow: LogSourceSpec): boolean =>
  (['product', 'category', 'service'] as const).every((key) => wide[key] === null || wide[key] === narrow[key]);

const applyOne = (rule: SigmaRule, filter: SigmaFilter, meaning: FilterMeaning): SigmaRule => {
  // Selections of the filter must not meet the rule's own names.
  const renamed = (name: string): string => `${filter.title}: ${name}`;
  const condition = renameSelections(filter.condition, renamed);
  const kept: ConditionNode = meaning === 'exclude' ? { kind: 'not', of: condition, text: filter.title } : condition;
  return {
    ...rule,
    selections: [...rule.selections, ...filter.selections.map((one) => ({ ...one, name: renamed(one.name) }))],
    condition: { kind: 'and', of: [rule.condition, kept], text: filter.title },
  };
};

const renameSelections = (node: ConditionNode, renamed: (name: string) => string): ConditionNode => {
  switch (node.kind) {
    case 'selection':
      return { kind: 'selection', name: renamed(node.name) };
    case 'not':
      return { ...node, of: renameSelections(node.of, renamed) };
    case 'and':
    case 'or':
      return { ...node, of: node.of.map((one) => renameSelections(one, renamed)) };
  }
};
