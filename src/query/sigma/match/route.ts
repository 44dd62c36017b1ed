import type { Compiled } from '../interpret/compiled.ts';
import type { Fields } from '../interpret/match-value.ts';
import type { DetectionItem } from '../rule/rule.ts';
import type { Atom, RegexTest } from './atom.ts';
import { takeOver, type Budget } from './budget.ts';
import { compileTree, type AtomOdds } from './evaluate.ts';
import { createEventView } from './event-view.ts';
import type { FieldValue } from './field-value.ts';
import type { MatchedSelection } from './hit.ts';
import { internRules, type RoutedRule } from './intern-rules.ts';
import { createRouteIndex, type RouteIndex } from './route-index.ts';
import { createSample } from './sample.ts';
import type { Tree } from './tree.ts';
import { triggersOf } from './triggers.ts';

/** All rules that are for one kind of source, compiled together. */
export interface Route {
  /** Numbers, among the route's rules, of those that match. The list is reused by the next call. */
  match(fields: Fields): readonly number[];
  /** Those of which that stays open for the event that was matched last: an expression ran out of its budget. */
  readonly undecided: readonly number[];
  /** What of a rule matched the event that was matched last. */
  explain(rule: number): readonly MatchedSelection[];
  readonly rules: readonly RoutedRule[];
  size(): RouteSize;
}

export interface RouteSize {
  readonly atoms: number;
  readonly indexed: number;
  /** Rules that no index finds: they are tried on every event. */
  readonly unindexed: number;
}

export interface RouteOptions {
  /** Events that every rule is tried on before there is an index: few events need none. */
  readonly trial: number;
  readonly budget: Budget;
}

/** An index, and the rules in the form that the events so far suggest. */
interface RoutePlan {
  readonly index: RouteIndex;
  /** By atom, the rules to try when it holds. */
  readonly rulesOf: readonly (readonly number[])[];
  readonly always: readonly number[];
  /** By atom: 1 when the index finds it wherever it holds. */
  readonly covered: Uint8Array;
}

interface Explainer {
  readonly name: string;
  readonly holds: () => boolean;
  readonly items: readonly { readonly item: DetectionItem; readonly holds: () => boolean }[];
}

export const createRoute = (
  rules: readonly RoutedRule[],
  regex: RegexTest,
  compiled: Compiled,
  { trial, budget }: RouteOptions,
): Route => {
  const { atoms, trees } = internRules(rules, regex);
  const view = createEventView(compiled);
  const slots = atoms.map(({ field }) => (field === null ? -1 : view.slotOf(field)));
  // What is known of the event at hand; a stamp makes forgetting free.
  let stamp = 0;
  const known = new Int32Array(atoms.length);
  const truth = new Uint8Array(atoms.length);
  /** Where a budget ran out on the way. */
  const open = new Int32Array(atoms.length);
  const undecided: number[] = [];
  const queued = new Int32Array(rules.length);
  const candidates: number[] = [];
  const hits: number[] = [];
  let plan: RoutePlan | null = null;

  const holds = (id: number): boolean => {
    if (known[id] === stamp) {
      if (open[id] === stamp) budget.isOver = true;
      return truth[id] === 1;
    }
    known[id] = stamp;
    const wasOver = takeOver(budget);
    const value = plan?.covered[id] !== 1 && view.holds(atoms[id] as Atom, slots[id] as number);
    truth[id] = value ? 1 : 0;
    if (budget.isOver) open[id] = stamp;
    else budget.isOver = wasOver;
    return value;
  };
  /** What stays open is taken up like what holds, so that its rules are looked at. */
  const suspect = (atom: Atom, value: FieldValue): boolean => {
    const isHeld = view.holdsFor(atom, value);
    if (!takeOver(budget)) return isHeld;
    open[atom.id] = stamp;
    return true;
  };
  const note = ({ id }: Atom): void => {
    if (known[id] === stamp) return;
    known[id] = stamp;
    truth[id] = 1;
    for (const rule of plan?.rulesOf[id] ?? []) {
      if (queued[rule] === stamp) continue;
      queued[rule] = stamp;
      candidates.push(rule);
    }
  };
  const compileAll = (odds: AtomOdds): readonly (() => boolean)[] =>
    trees.map(({ condition }) => compileTree(condition, holds, odds));

  /** Made at a rule's first hit: most rules never have one. */
  const explainers: (readonly Explainer[] | undefined)[] = [];
  const compileExplainer = (rule: number): readonly Explainer[] => {
    const compile = (tree: Tree): (() => boolean) => compileTree(tree, holds, { chance: () => 0.5, cost: () => 1 });
    return (trees[rule]?.selections ?? []).map(({ name, tree, items }) => ({
      name,
      holds: compile(tree),
      items: items.map(({ item, tree: of }) => ({ item, holds: compile(of) })),
    }));
  };

  const sample = createSample(trial);
  let tests = compileAll({ chance: () => 0.1, cost: () => 1 });
  const everyRule = rules.map((_, rule) => rule);

  const makePlan = (events: readonly Fields[]): RoutePlan => {
    const shares = measureShares(atoms, events);
    const triggers = trees.map(({ condition }) => triggersOf(condition, atoms, shares));
    const rulesOf: number[][] = atoms.map(() => []);
    for (const [rule, ids] of triggers.entries()) for (const id of ids ?? []) rulesOf[id]?.push(rule);
    const covered = Uint8Array.from(rulesOf, (list) => (list.length > 0 ? 1 : 0));
    tests = compileAll({
      chance: (id) => (atoms[id]?.index === null ? 0.5 : (shares[id] as number)),
      cost: (id) => (covered[id] === 1 ? 1 : atoms[id]?.matcher.kind === 'regex' ? 100 : 10),
    });
    return {
      index: createRouteIndex(
        atoms.filter(({ id }) => covered[id] === 1),
        view,
        { sample: events, holds: suspect, onAtom: note },
      ),
      rulesOf,
      always: triggers.flatMap((ids, rule) => (ids === null ? [rule] : [])),
      covered,
    };
  };
  /** The share of events in which each atom holds. */
  const measureShares = (all: readonly Atom[], events: readonly Fields[]): readonly number[] => {
    const counts = all.map(() => 0);
    let held = new Set<number>();
    const index = createRouteIndex(
      all.filter((atom) => atom.index !== null),
      view,
      { sample: events, holds: suspect, onAtom: ({ id }) => void held.add(id) },
    );
    for (const event of events) {
      held = new Set();
      view.open(event);
      index.probe();
      for (const id of held) counts[id] = (counts[id] ?? 0) + 1;
    }
    return counts.map((count) => count / Math.max(1, events.length));
  };

  return {
    rules,
    undecided,
    size: () => ({
      atoms: atoms.length,
      indexed: plan?.covered.reduce((sum, one) => sum + one, 0) ?? 0,
      unindexed: plan?.always.length ?? rules.length,
    }),
    match: (event) => {
      const events = sample.add(event);
      if (events !== null) plan = makePlan(events);
      stamp++;
      view.open(event);
      hits.length = 0;
      undecided.length = 0;
      budget.isOver = false;
      let tried: readonly number[] = everyRule;
      if (plan !== null) {
        candidates.length = 0;
        plan.index.probe();
        for (const rule of plan.always) candidates.push(rule);
        tried = candidates;
      }
      for (let at = 0; at < tried.length; at++) {
        const rule = tried[at] as number;
        const isHit = (tests[rule] as () => boolean)();
        if (takeOver(budget)) undecided.push(rule);
        else if (isHit) hits.push(rule);
      }
      return hits;
    },
    explain: (rule) =>
      (explainers[rule] ??= compileExplainer(rule))
        .filter(({ holds: isMatched }) => isMatched())
        .map(({ name, items }) => ({
          name,
          items: items.filter(({ holds: isMatched }) => isMatched()).map(({ item }) => item),
        })),
  };
};
