import type { LogScalar, LogValue } from '../../../model/log-event.ts';
import type { Compiled } from '../interpret/compiled.ts';
import { matchValue, type Fields } from '../interpret/match-value.ts';
import { isList, readField } from '../interpret/read-field.ts';
import type { SigmaRule } from '../rule/rule.ts';
import { createAtom, type Atom, type RegexTest } from './atom.ts';
import { createFieldIndex, type FieldIndex } from './field-index.ts';
import { treeOf, type Intern, type Tree } from './tree.ts';
import { triggersOf } from './triggers.ts';

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
  readonly size: RouteSize;
}

export interface RouteSize {
  readonly atoms: number;
  readonly indexed: number;
  readonly states: number;
  /** Rules that no index finds: they are tried on every event. */
  readonly unindexed: number;
}

interface Slot {
  readonly field: string;
  readonly index: FieldIndex | null;
}

export const createRoute = (
  rules: readonly RoutedRule[],
  regex: RegexTest,
  compiled: Compiled,
  caching: boolean,
): Route => {
  const { atoms, trees } = internAll(rules, regex);
  const triggers = trees.map((tree) => triggersOf(tree, atoms));
  const rulesOf: number[][] = atoms.map(() => []);
  for (const [rule, ids] of triggers.entries()) for (const id of ids ?? []) rulesOf[id]?.push(rule);
  const always = triggers.flatMap((ids, rule) => (ids === null ? [rule] : []));
  const isIndexed = Uint8Array.from(rulesOf, (list) => (list.length > 0 ? 1 : 0));

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
    const value = isIndexed[id] === 0 && atom !== undefined && compute(atom);
    truth[id] = value ? 1 : 0;
    return value;
  };

  const indexed = atoms.filter(({ id }) => isIndexed[id] === 1);
  const keywordIndex = indexFor(indexed.filter(({ field }) => field === null));
  const slots: readonly Slot[] = [...new Set(indexed.flatMap(({ field }) => (field === null ? [] : [field])))].map(
    (field) => ({
      field,
      index: indexFor(indexed.filter((atom) => atom.field === field)),
    }),
  );

  function indexFor(of: readonly Atom[]): FieldIndex | null {
    return of.length === 0 ? null : createFieldIndex(of, holdsScalar, caching);
  }

  const note = (found: readonly number[]): void => {
    for (const id of found) {
      known[id] = stamp;
      truth[id] = 1;
      for (const rule of rulesOf[id] ?? []) {
        if (queued[rule] === stamp) continue;
        queued[rule] = stamp;
        candidates.push(rule);
      }
    }
  };
  const probe = (index: FieldIndex | null, value: LogValue | undefined): void => {
    if (index === null || value === undefined || value === null) return;
    if (isList(value)) for (const one of value) note(index.probe(one));
    else note(index.probe(value));
  };
  const tests = trees.map((tree) => compileTree(tree, holds));

  return {
    rules,
    size: {
      atoms: atoms.length,
      indexed: indexed.length,
      states: slots.reduce((sum, { index }) => sum + (index?.states ?? 0), keywordIndex?.states ?? 0),
      unindexed: always.length,
    },
    match: (event) => {
      stamp++;
      fields = event;
      candidates.length = 0;
      hits.length = 0;
      for (const { field, index } of slots) probe(index, readField(event, field));
      if (keywordIndex !== null) for (const name in event) probe(keywordIndex, event[name]);
      for (const rule of always) candidates.push(rule);
      for (const rule of candidates) if (tests[rule]?.() === true) hits.push(rule);
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
