import type { LogScalar, LogValue } from '../../../model/log-event.ts';
import type { Compiled } from '../interpret/compiled.ts';
import { matchValue, type Fields } from '../interpret/match-value.ts';
import { isList, readField } from '../interpret/read-field.ts';
import type { SigmaRule } from '../rule/rule.ts';
import { createAtom, type Atom, type RegexTest } from './atom.ts';
import type { FieldIndex } from './field-index.ts';
import { createRouteIndex, type RouteIndex } from './route-index.ts';
import { treeOf, type Intern, type Tree } from './tree.ts';

/** A rule of a route, and the names its fields have there. */
export interface RoutedRule {
  readonly rule: SigmaRule;
  readonly names: ReadonlyMap<string, string> | null;
}

/** All rules that are for one kind of source, compiled together. */
export interface Route {
  /** Numbers, among the route's rules, of those that match. The list is reused by the next call. */
  match(fields: Fields): readonly number[];
  readonly rules: readonly RoutedRule[];
  size(): RouteSize;
}

export interface RouteSize {
  readonly atoms: number;
  readonly indexed: number;
  readonly states: number;
  /** Rules that no index finds: they are tried on every event. */
  readonly unindexed: number;
}

export interface RouteOptions {
  /** Whether values that repeat are remembered. */
  readonly caching: boolean;
  /** Events that every rule is tried on: an index made after them knows what is common, and small files need none. */
  readonly trial: number;
}

export const createRoute = (
  rules: readonly RoutedRule[],
  regex: RegexTest,
  compiled: Compiled,
  { caching, trial }: RouteOptions,
): Route => {
  const { atoms, trees } = internAll(rules, regex);
  // What is known of the event at hand; a stamp makes forgetting free.
  let stamp = 0;
  let fields: Fields = {};
  const known = new Int32Array(atoms.length);
  const truth = new Uint8Array(atoms.length);
  const queued = new Int32Array(rules.length);
  const candidates: number[] = [];
  const hits: number[] = [];

  const holdsScalar = (atom: Atom, value: LogScalar, lower: string): boolean => {
    if (atom.test === null) return matchValue(atom.matcher, value, fields, compiled);
    return value !== null && atom.test(lower, String(value));
  };
  const holdsValue = (atom: Atom, value: LogValue | undefined): boolean => {
    if (atom.test === null) return matchValue(atom.matcher, value, fields, compiled);
    if (value === undefined || value === null) return false;
    if (isList(value)) return value.some((one) => one !== null && holdsScalar(atom, one, String(one).toLowerCase()));
    return holdsScalar(atom, value, String(value).toLowerCase());
  };
  const compute = (atom: Atom): boolean => {
    if (atom.field !== null) return holdsValue(atom, readField(fields, atom.field));
    return Object.values(fields).some((value) => holdsValue(atom, value));
  };
  const holds = (id: number): boolean => {
    if (known[id] === stamp) return truth[id] === 1;
    known[id] = stamp;
    const atom = atoms[id];
    // An index finds all that hold, so that what it has not found does not.
    const value = index?.covers(id) !== true && atom !== undefined && compute(atom);
    truth[id] = value ? 1 : 0;
    return value;
  };

  const note = (found: readonly number[]): void => {
    for (const id of found) {
      known[id] = stamp;
      truth[id] = 1;
      for (const rule of index?.rulesOf[id] ?? []) {
        if (queued[rule] === stamp) continue;
        queued[rule] = stamp;
        candidates.push(rule);
      }
    }
  };
  const probe = (of: FieldIndex, value: LogValue | undefined): void => {
    if (value === undefined || value === null) return;
    if (isList(value)) for (const one of value) note(of.probe(one));
    else note(of.probe(value));
  };
  const tests = trees.map((tree) => compileTree(tree, holds));
  const everyRule = rules.map((_, rule) => rule);
  let sample: Fields[] = [];
  let index: RouteIndex | null = null;

  /** How often each atom holds in the sample: what is common finds nothing. */
  const build = (): RouteIndex => {
    const common = atoms.map(() => 0);
    for (const event of sample) {
      fields = event;
      for (const atom of atoms) if (atom.index !== null && compute(atom)) common[atom.id] = (common[atom.id] ?? 0) + 1;
    }
    const shares = common.map((count) => count / sample.length);
    sample = [];
    return createRouteIndex(atoms, trees, shares, holdsScalar, caching);
  };
  const findCandidates = (event: Fields, known: RouteIndex): readonly number[] => {
    candidates.length = 0;
    for (const { field, index: of } of known.slots) probe(of, readField(event, field));
    if (known.keywords !== null) for (const name in event) probe(known.keywords, event[name]);
    for (const rule of known.always) candidates.push(rule);
    return candidates;
  };

  return {
    rules,
    size: () => ({ atoms: atoms.length, ...(index?.size ?? { indexed: 0, states: 0, unindexed: rules.length }) }),
    match: (event) => {
      if (index === null && sample.push(event) > trial) index = build();
      stamp++;
      fields = event;
      hits.length = 0;
      for (const rule of index === null ? everyRule : findCandidates(event, index)) {
        if (tests[rule]?.() === true) hits.push(rule);
      }
      return hits;
    },
  };
};

const internAll = (
  rules: readonly RoutedRule[],
  regex: RegexTest,
): { readonly atoms: readonly Atom[]; readonly trees: readonly Tree[] } => {
  const ids = new Map<string, number>();
  const atoms: Atom[] = [];
  const intern: Intern = (field, matcher) => {
    const key = JSON.stringify([field, matcher]);
    const known = ids.get(key);
    if (known !== undefined) return known;
    atoms.push(createAtom(atoms.length, field, matcher, regex));
    ids.set(key, atoms.length - 1);
    return atoms.length - 1;
  };
  const trees = rules.map(({ rule, names }) =>
    treeOf(rule, (field, matcher) =>
      intern(field === null ? null : (names?.get(field) ?? field), renamed(matcher, names)),
    ),
  );
  return { atoms, trees };
};

/** A reference names a field too. */
const renamed = (matcher: Atom['matcher'], names: ReadonlyMap<string, string> | null): Atom['matcher'] =>
  matcher.kind === 'fieldref' && names !== null
    ? { ...matcher, field: names.get(matcher.field) ?? matcher.field }
    : matcher;

const compileTree = (tree: Tree, holds: (id: number) => boolean): (() => boolean) => {
  switch (tree.kind) {
    case 'atom':
      return () => holds(tree.id);
    case 'not': {
      const inner = compileTree(tree.of, holds);
      return () => !inner();
    }
    case 'and':
    case 'or': {
      const parts = tree.of.map((one) => compileTree(one, holds));
      const stopsAt = tree.kind === 'or';
      return () => {
        for (const part of parts) if (part() === stopsAt) return stopsAt;
        return !stopsAt;
      };
    }
  }
};
