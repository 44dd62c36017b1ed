import type { Diagnostic } from '../../../model/diagnostic.ts';
import type { ConditionNode } from '../condition/condition.ts';
import { itemsOf } from '../interpret/interpreter.ts';
import type { DetectionItem, LogSourceSpec, SearchNode, Selection, SigmaRule } from '../rule/rule.ts';
import { toMatcher, toWorkingValue } from '../values/working-value.ts';
import type { Pipeline, RuleCondition, Transformation } from './pipeline.ts';
import { orderPipelines } from './parse-pipeline.ts';
import { rewriteItems } from './rewrite-items.ts';
import { changeItem, textsOf, type ItemTransformation } from './change-item.ts';

/** A rule after its pipelines, and what each step did to it. */
export type Piped =
  | { readonly ok: true; readonly rule: SigmaRule; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly reason: Diagnostic };

export interface Step {
  readonly pipeline: string;
  /** The transformation's id, or its type and number. */
  readonly transformation: string;
  /** The field before and after; null where the step is not about a field. */
  readonly field: string | null;
  readonly became: readonly string[] | null;
}

/** Runs pipelines over a rule in the order of their priorities. A pipeline's `rule_failure` refuses the rule. */
export const applyPipelines = (rule: SigmaRule, pipelines: readonly Pipeline[]): Piped => {
  let current = rule;
  const steps: Step[] = [];
  for (const pipeline of orderPipelines(pipelines)) {
    for (const [index, one] of pipeline.transformations.entries()) {
      const name = one.id ?? `${one.type} ${index + 1}`;
      if (!holdsOfRule(one, current, steps)) continue;
      const before = steps.length;
      const note = (field: string | null, became: readonly string[] | null): void =>
        void steps.push({ pipeline: pipeline.name, transformation: name, field, became });
      const changed = transform(current, one, steps, note);
      if (typeof changed === 'string') return refuse(rule, pipeline, changed);
      if (changed === current && steps.length === before) continue;
      current = changed;
      if (steps.length === before) note(null, null);
    }
  }
  return { ok: true, rule: current, steps };
};

const refuse = (rule: SigmaRule, pipeline: Pipeline, message: string): Piped => ({
  ok: false,
  reason: { code: 'sigma/pipeline', severity: 'error', message: `${pipeline.name}: ${message}`, place: rule.place },
});

type Note = (field: string | null, became: readonly string[] | null) => void;

/** The rule changed, the same rule, or why it is refused. */
const transform = (rule: SigmaRule, one: Transformation, steps: readonly Step[], note: Note): SigmaRule | string => {
  switch (one.type) {
    case 'rule_failure':
      return one.message;
    case 'change_logsource': {
      const { product = null, category = null, service = null } = one;
      return { ...rule, logsource: { product, category, service } };
    }
    case 'add_condition':
      return addCondition(rule, one);
    case 'value_placeholders':
    case 'wildcard_placeholders':
      // Placeholders are filled as rules are read.
      return rule;
    default:
      return transformItems(rule, one, steps, note);
  }
};

const transformItems = (
  rule: SigmaRule,
  one: Transformation,
  steps: readonly Step[],
  note: Note,
): SigmaRule | string => {
  const meant = (item: DetectionItem): boolean => holdsOfItem(one, item, steps);
  if (one.type === 'detection_item_failure')
    return rule.selections.some(({ search }) => itemsOf(search).some(meant)) ? one.message : rule;
  const rewrite = (item: DetectionItem): SearchNode | null => {
    if (!meant(item)) return { kind: 'item', item };
    const changed = changeItem(item, one as ItemTransformation);
    if (changed === item) return { kind: 'item', item };
    const list = changed === null ? [] : [changed].flat();
    note(
      item.field,
      list.map(({ field }) => field ?? ''),
    );
    if (list.length === 0) return null;
    const nodes = list.map((to): SearchNode => ({ kind: 'item', item: to }));
    return nodes.length === 1 ? (nodes[0] ?? null) : { kind: item.negated ? 'and' : 'or', of: nodes };
  };
  const selections = rule.selections.map((selection): Selection => {
    // A selection that loses all of its items says nothing any more, and holds.
    const search = rewriteItems(selection.search, rewrite) ?? { kind: 'and', of: [] };
    return { ...selection, search };
  });
  return { ...rule, selections };
};

const addCondition = (rule: SigmaRule, one: Transformation & { readonly type: 'add_condition' }): SigmaRule => {
  const name = one.name ?? `added by ${one.id ?? 'a pipeline'}`;
  const fill = (text: string): string =>
    text.replaceAll(/\$\{?(product|category|service)\}?/g, (_, key: keyof LogSourceSpec) => rule.logsource[key] ?? '');
  const items = Object.entries(one.conditions).map(([field, value]): SearchNode => {
    const values = [value].flat().map((each) => (one.template && typeof each === 'string' ? fill(each) : each));
    const matchers = values.flatMap((each) => {
      const working = toWorkingValue(each);
      return working === null ? [] : [toMatcher(working, false)];
    });
    return { kind: 'item', item: { field, key: field, all: false, negated: false, matchers, place: rule.place } };
  });
  const added: ConditionNode = { kind: 'selection', name };
  const wanted: ConditionNode = one.negated ? { kind: 'not', of: added, text: `not ${name}` } : added;
  return {
    ...rule,
    selections: [...rule.selections, { name, search: { kind: 'and', of: items }, place: rule.place }],
    condition: { kind: 'and', of: [wanted, rule.condition], text: name },
  };
};

const combine = (results: readonly boolean[], operator: 'and' | 'or', negate: boolean): boolean => {
  if (results.length === 0) return true;
  return (operator === 'and' ? !results.includes(false) : results.includes(true)) !== negate;
};

const holdsOfRule = (one: Transformation, rule: SigmaRule, steps: readonly Step[]): boolean =>
  combine(
    one.rule_conditions.map((condition) => ruleHolds(condition, rule, steps)),
    one.rule_cond_op,
    one.rule_cond_not,
  );

const ruleHolds = (condition: RuleCondition, rule: SigmaRule, steps: readonly Step[]): boolean => {
  switch (condition.type) {
    case 'logsource':
      return (['product', 'category', 'service'] as const).every(
        (key) => condition[key] === undefined || condition[key].toLowerCase() === rule.logsource[key],
      );
    case 'contains_field':
      return rule.selections.some(({ search }) => itemsOf(search).some(({ field }) => field === condition.field));
    case 'is_sigma_rule':
      return true;
    case 'is_sigma_correlation_rule':
      return false;
    case 'tag':
      return rule.tags.includes(condition.tag.toLowerCase());
    case 'processing_item_applied':
      return steps.some(({ transformation }) => transformation === condition.processing_item_id);
  }
};

const holdsOfItem = (one: Transformation, item: DetectionItem, steps: readonly Step[]): boolean => {
  const fields = one.field_name_conditions.map((condition): boolean => {
    if (condition.type === 'processing_item_applied')
      return steps.some(
        (step) =>
          step.transformation === condition.processing_item_id && step.became?.includes(item.field ?? '') === true,
      );
    return condition.fields.includes(item.field ?? '') === (condition.type === 'include_fields');
  });
  const items = one.detection_item_conditions.map(({ pattern, cond, negate }): boolean => {
    const test = new RegExp(pattern);
    const results = textsOf(item).map((text) => test.test(text));
    return (cond === 'any' ? results.includes(true) : !results.includes(false)) !== negate;
  });
  return (
    combine(fields, one.field_name_cond_op, one.field_name_cond_not) &&
    combine(items, one.detection_item_cond_op, one.detection_item_cond_not)
  );
};
