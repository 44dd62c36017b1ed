import { createRequire } from 'node:module';
import type { ScalarType } from '../../model/table.ts';

/**
 * The one place that touches `@kusto/language-service-next`: C# compiled to JavaScript, which puts `Bridge`, `System` and `Kusto` on
 * the global object and numbers overloaded constructors (`$ctor4`). The version is pinned, and `test/query/kql/kusto.test.ts` checks
 * every overload used here. Its own 1.7 MB of declarations are ambient and loose; these name only what we read.
 */

export interface SyntaxElement {
  readonly Kind: number;
  readonly TextStart: number;
  readonly End: number;
  readonly Width: number;
  readonly ChildCount: number;
  GetChild(index: number): SyntaxElement | null;
}

export interface Token extends SyntaxElement {
  readonly Text: string;
  readonly ValueText: string;
}

export interface NamedSymbol {
  readonly Name: string;
}

export interface TypeSymbol extends NamedSymbol {
  /** Of tables. */
  readonly Columns?: unknown;
  /** Of tables whose columns depend on data. */
  readonly IsOpen?: boolean;
}

/** Any node; its children are properties named as in the C# library (`Expression`, `Operator`, `ByClause` …). */
export interface Node extends SyntaxElement {
  readonly ResultType?: TypeSymbol | null;
  readonly ReferencedSymbol?: NamedSymbol | null;
  readonly SimpleName?: string;
  readonly LiteralValue?: unknown;
  readonly Token?: Token;
  GetCalledFunctionBody?(): Node | null;
  readonly [child: string]: unknown;
}

export interface KustoDiagnostic {
  readonly Code: string;
  readonly Severity: string;
  readonly Message: string;
  readonly Start: number;
  readonly Length: number;
}

export interface BoundColumn {
  readonly name: string;
  readonly type: ScalarType;
}

export interface BindTable {
  readonly name: string;
  readonly columns: readonly BoundColumn[];
}

export interface Bound {
  readonly syntax: Node;
  readonly diagnostics: readonly KustoDiagnostic[];
}

interface CodeObject {
  readonly Syntax: Node;
  GetDiagnostics(): unknown;
}

type Constructors = Readonly<Record<string, new (...args: unknown[]) => unknown>>;

interface Globals {
  WithCluster(cluster: unknown): Globals;
  WithDatabase(database: unknown): Globals;
  WithPlugIns(plugins: readonly unknown[]): Globals;
}

interface KustoLibrary {
  readonly KustoCode: { ParseAndAnalyze(text: string, globals: unknown): CodeObject };
  readonly KustoFacts: { GetExpressionResultName(node: Node, defaultName: string, row: unknown): string | null };
  readonly GlobalState: {
    readonly Default: Globals;
  };
  readonly Symbols: {
    readonly ScalarTypes: Readonly<Record<string, unknown>>;
    readonly ColumnSymbol: new (...args: unknown[]) => unknown;
    readonly TableSymbol: Constructors;
    readonly DatabaseSymbol: Constructors;
    readonly FunctionSymbol: Constructors;
    readonly ClusterSymbol: Constructors;
  };
  readonly Functions: { readonly All: unknown };
  readonly Aggregates: { readonly All: unknown };
  readonly PlugIns: { readonly All: unknown };
  readonly Syntax: { readonly SyntaxKind: Readonly<Record<string, number>> };
}

const typeNames: Readonly<Record<ScalarType, string>> = {
  string: 'String',
  long: 'Long',
  int: 'Int',
  real: 'Real',
  bool: 'Bool',
  datetime: 'DateTime',
  timespan: 'TimeSpan',
  guid: 'Guid',
  dynamic: 'Dynamic',
  decimal: 'Decimal',
};

/** A list of the library: a JavaScript array, or a C# list. */
export const listOf = <T>(list: unknown): readonly T[] => {
  if (list === null || list === undefined) return [];
  if (Array.isArray(list)) return list as T[];
  const { Count, getItem } = list as { Count: number; getItem: (index: number) => T };
  return Array.from({ length: Count }, (_, index) => getItem.call(list, index));
};

/** A syntax list: its elements without their separators. */
export const elementsOf = (list: unknown): readonly Node[] => {
  if (list === null || list === undefined) return [];
  const { Count } = list as { Count: number };
  const node = list as Node;
  return Array.from({ length: Count }, (_, index) => node.GetChild(index) as Node).map((child) =>
    child['Element'] === undefined || child['Separator'] === undefined ? child : (child['Element'] as Node),
  );
};

const scalarTypes: ReadonlySet<string> = new Set(Object.keys(typeNames));

/** The library's types as ours; what is unknown at binding time (`dynamic` members, errors) is dynamic. */
export const scalarTypeOf = (type: TypeSymbol | null | undefined): ScalarType => {
  const name = type?.Name ?? 'dynamic';
  return scalarTypes.has(name) ? (name as ScalarType) : 'dynamic';
};

/** Columns of a tabular type; null when the type is not tabular. */
export const columnsOfType = (type: TypeSymbol | null | undefined): readonly BoundColumn[] | null =>
  type?.Columns === undefined
    ? null
    : listOf<{ Name: string; Type: TypeSymbol }>(type.Columns).map((column) => ({
        name: column.Name,
        type: scalarTypeOf(column.Type),
      }));

export type SymbolKind = 'Column' | 'Variable' | 'Parameter' | 'Table' | 'Function' | 'Group' | 'Tuple' | 'other';

const symbolKinds: ReadonlySet<string> = new Set([
  'Column',
  'Variable',
  'Parameter',
  'Table',
  'Function',
  'Group',
  'Tuple',
]);

/** What a name stands for, from the C# class of its symbol. */
export const symbolKindOf = (node: Node): SymbolKind => {
  const symbol = node.ReferencedSymbol;
  if (symbol === null || symbol === undefined) return 'other';
  const className = (symbol as unknown as { constructor: { $$name?: string } }).constructor.$$name ?? '';
  const kind = className.replace(/^.*\./, '').replace(/Symbol$/, '');
  return symbolKinds.has(kind) ? (kind as SymbolKind) : 'other';
};

export interface Kusto {
  bind(text: string, tables: readonly BindTable[]): Bound;
  kindOf(node: SyntaxElement): string;
  /** The name that an expression gives to its result by itself; empty when it has none. */
  resultName(node: Node): string;
  /** What the language has, by name; operators by their kind of syntax (`FilterOperator`). */
  vocabulary(): Vocabulary;
}

export interface Vocabulary {
  readonly functions: readonly string[];
  readonly aggregates: readonly string[];
  readonly plugins: readonly string[];
  readonly operators: readonly string[];
}

/** The library on the global object: there already in a process that began in a snapshot of it (`bin/kql-snapshot.cjs`). */
const loaded = (): { readonly Language: KustoLibrary } => {
  const found = globalThis as { readonly Kusto?: { readonly Language: KustoLibrary } };
  if (found.Kusto === undefined) {
    const require = createRequire(import.meta.url);
    // Bridge first: the package's own entry point does not load it.
    require('@kusto/language-service-next/bridge.min.js');
    require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  }
  if (found.Kusto === undefined) throw new Error('@kusto/language-service-next did not load');
  return found.Kusto;
};

/** Loads the library: some 200 ms, and a second more for the first query. */
export const loadKusto = (): Kusto => {
  const { Language: library } = loaded();
  const { Symbols: symbols } = library;
  const create = (constructors: Constructors, name: string, ...args: unknown[]): unknown => {
    const Constructor = constructors[name];
    if (Constructor === undefined) throw new Error(`@kusto/language-service-next has no constructor ${name}`);
    return new Constructor(...args);
  };
  const kinds = new Map(
    Object.entries(library.Syntax.SyntaxKind)
      .filter(([, kind]) => typeof kind === 'number')
      .map(([name, kind]) => [kind, name]),
  );
  const tableSymbol = ({ name, columns }: BindTable): unknown =>
    create(
      symbols.TableSymbol,
      '$ctor4',
      name,
      columns.map(
        (column) =>
          new symbols.ColumnSymbol(column.name, symbols.ScalarTypes[typeNames[column.type]], null, null, null, null),
      ),
    );
  // A plugin of the service that the library does not know.
  const schemaMerge = create(
    symbols.FunctionSymbol,
    '$ctor16',
    'schema_merge',
    '(PreserveOrder:bool=true)',
    '{ datatable(ColumnName:string, ColumnOrdinal:long, DataType:string, ColumnType:string)[] }',
    null,
  );
  const plugins = [...listOf<unknown>(library.PlugIns.All), schemaMerge];
  return {
    bind: (text, tables) => {
      const database = create(symbols.DatabaseSymbol, '$ctor1', 'database', tables.map(tableSymbol), false);
      const cluster = create(symbols.ClusterSymbol, 'ctor', 'cluster', [database]);
      const globals = library.GlobalState.Default.WithCluster(cluster).WithDatabase(database).WithPlugIns(plugins);
      const code = library.KustoCode.ParseAndAnalyze(text, globals);
      return { syntax: code.Syntax, diagnostics: listOf<KustoDiagnostic>(code.GetDiagnostics()) };
    },
    resultName: (node) => library.KustoFacts.GetExpressionResultName(node, '', null) ?? '',
    vocabulary: () => {
      const names = ({ All }: { readonly All: unknown }): readonly string[] => [
        ...new Set(listOf<NamedSymbol>(All).map(({ Name }) => Name)),
      ];
      return {
        functions: names(library.Functions),
        aggregates: names(library.Aggregates),
        plugins: names(library.PlugIns),
        operators: [...kinds.values()].filter((name) => /Operator$/.test(name)),
      };
    },
    kindOf: (node) => kinds.get(node.Kind) ?? String(node.Kind),
  };
};
