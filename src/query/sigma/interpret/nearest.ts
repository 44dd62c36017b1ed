import type { LogEvent } from '../../../model/log-event.ts';
import type { ConditionNode } from '../condition/condition.ts';
import type { DetectionItem, SearchNode, SigmaRule } from '../rule/rule.ts';
import type { Interpreter, RuleExplanation } from './interpreter.ts';

/** An item that stood between an event and a rule. */
export interface Obstacle {
  readonly selection: string;
  readonly item: DetectionItem;
  /** False when the item holds and must not. */
  readonly wanted: boolean;
}

export interface NearEvent {
  readonly event: LogEvent;
  /** The fewest items that would have to come out otherwise; none when the event matches. */
  readonly obstacles: readonly Obstacle[];
}

/** Keeps the events that come nearest to a rule; of those as near, the first. Events have to be seen under the rule's names. */
export const createNearest = (rule: SigmaRule, interpreter: Interpreter, most: number) => {
  const near: NearEvent[] = [];
  let seen = 0;
  let matched = 0;
  return {
    /** Whether the event matches. */
    add: (event: LogEvent, view: Pick<LogEvent, 'fields'>): boolean => {
      seen++;
      const obstacles = obstaclesOf(rule, interpreter.explain(rule, view));
      if (obstacles.length === 0) {
        matched++;
        return true;
      }
      const last = near.at(-1);
      if (near.length === most && last !== undefined && last.obstacles.length <= obstacles.length) return false;
      const at = near.findIndex((one) => one.obstacles.length > obstacles.length);
      near.splice(at < 0 ? near.length : at, 0, { event, obstacles });
      if (near.length > most) near.pop();
      return false;
    },
    result: () => ({ seen, matched, near: [...near] }),
  };
};

/** The fewest items that would have to come out otherwise for the rule to match. */
export const obstaclesOf = (rule: SigmaRule, { selections }: RuleExplanation): readonly Obstacle[] => {
  const held = new Set(
    selections.flatMap(({ items }) => items.flatMap(({ item, matched }) => (matched ? [item] : []))),
  );
  const ofCondition = (node: ConditionNode, wanted: boolean): readonly Obstacle[] => {
    if (node.kind === 'not') return ofCondition(node.of, !wanted);
    if (node.kind === 'selection') {
      const selection = rule.selections.find(({ name }) => name === node.name);
      return selection === undefined ? [] : ofSearch(selection.search, selection.name, wanted);
    }
    return join(
      node.kind,
      wanted,
      node.of.map((one) => ofCondition(one, wanted)),
    );
  };
  const ofSearch = (node: SearchNode, selection: string, wanted: boolean): readonly Obstacle[] => {
    if (node.kind === 'item') return held.has(node.item) === wanted ? [] : [{ selection, item: node.item, wanted }];
    return join(
      node.kind,
      wanted,
      node.of.map((one) => ofSearch(one, selection, wanted)),
    );
  };
  return ofCondition(rule.condition, true);
};

/** All of an `and` have to come true, one of an `or`; to come false, the other way round. */
const join = (kind: 'and' | 'or', wanted: boolean, parts: readonly (readonly Obstacle[])[]): readonly Obstacle[] => {
  if ((kind === 'and') === wanted) return [...new Map(parts.flat().map((one) => [one.item, one])).values()];
  return parts.reduce((fewest, part) => (part.length < fewest.length ? part : fewest), parts[0] ?? []);
};
