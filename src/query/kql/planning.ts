import type { ScalarType, TableInfo } from '../../model/table.ts';
import type { Column, Expr } from '../plan/expr.ts';
import type { Pending } from '../plan/pending.ts';
import type { Span } from '../plan/span.ts';
import type { Stage } from '../plan/stage.ts';
import type { Kusto, Node, SyntaxElement } from './kusto.ts';
import type { Scope, Site } from './scope.ts';

/** Omit, over each member of a union. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What planning one query accumulates. */
export interface Planning {
  /** A node's own text, wherever it stands. */
  textOf(node: SyntaxElement, scope: Pick<Scope, 'offset'>): string;
  /** Where things stand that a call at this place brings in. */
  siteOf(span: Span): Site;
  readonly tables: ReadonlyMap<string, TableInfo>;
  /** Names of the tables that have data. */
  readonly filled: ReadonlySet<string>;
  kindOf(node: SyntaxElement): string;
  /** The name that an expression gives to its result by itself; empty when it has none. */
  resultName(node: Node): string;
  column(name: string, type: ScalarType): Column;
  /** Appends a stage and gives it its id. */
  add<S extends Stage>(stage: Without<S, 'id'>): S;
  /** Puts a completed stage in the place of the one with its id. */
  replace<S extends Stage>(stage: S): S;
  stage(id: string): Stage;
  /** Stages whose rows `serialize` has put in order. */
  readonly serialized: Set<string>;
  /** The first part of the query whose columns depend on data. */
  pending: Pending | null;
  /** What `set` has chosen, by the option's name. */
  readonly options: Map<string, Expr>;
  /** What `as` has named. */
  readonly aliases: Map<string, Stage>;
  /** Notes a construct that is not supported; the query will be refused, planning goes on to find the others. */
  unsupported(span: Span, construct: string): void;
  /** Notes a name that no column has: an error, unless a table's columns are still to be seen. */
  unresolved(span: Span, name: string): void;
  /** Notes what a reader should know; the query runs all the same. */
  warn(span: Span, message: string): void;
  readonly warnings: readonly { readonly span: Span; readonly message: string }[];
  /** Notes what the service refuses though its binder does not. */
  invalid(span: Span, message: string): void;
  readonly stages: readonly Stage[];
  readonly refusals: readonly Refusal[];
}

export interface Refusal {
  readonly span: Span;
  readonly construct: string;
  /** A name that data may still give. */
  readonly unresolved?: boolean;
  /** The service refuses it too. */
  readonly invalid?: boolean;
}

export const createPlanning = (
  kusto: Kusto,
  { text, prelude }: { readonly text: string; readonly prelude: number },
  tables: ReadonlyMap<string, TableInfo>,
  filled: ReadonlySet<string>,
): Planning => {
  const stages: Stage[] = [];
  const refusals: Refusal[] = [];
  const warnings: { readonly span: Span; readonly message: string }[] = [];
  let columns = 0;
  return {
    textOf: (node, { offset }) => text.slice(prelude + offset + node.TextStart, prelude + offset + node.End),
    siteOf: (span) => ({ span, text, shift: prelude }),
    tables,
    filled,
    stages,
    refusals,
    warnings,
    warn: (span, message) => {
      warnings.push({ span, message });
    },
    kindOf: (node) => kusto.kindOf(node),
    resultName: (node) => kusto.resultName(node),
    column: (name, type) => ({ id: `c${columns++}`, name, type }),
    add: <S extends Stage>(stage: Without<S, 'id'>): S => {
      const added = { ...stage, id: `s${stages.length + 1}` } as unknown as S;
      stages.push(added);
      return added;
    },
    replace: (stage) => {
      stages[stages.findIndex(({ id }) => id === stage.id)] = stage;
      return stage;
    },
    stage: (id) => {
      const stage = stages.find((candidate) => candidate.id === id);
      if (stage === undefined) throw new Error(`no stage ${id} was planned`);
      return stage;
    },
    serialized: new Set(),
    pending: null,
    options: new Map(),
    aliases: new Map(),
    unsupported: (span, construct) => {
      refusals.push({ span, construct });
    },
    unresolved: (span, name) => {
      refusals.push({ span, construct: `the name ${name} here`, unresolved: true });
    },
    invalid: (span, construct) => {
      refusals.push({ span, construct, invalid: true });
    },
  };
};
