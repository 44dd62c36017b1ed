import type { TextOrigin } from '../../model/place.ts';
import type { ColumnInfo, ScalarType, TableInfo } from '../../model/table.ts';
import { builtInFunctions, mayCallBuiltIn } from './built-in-functions.ts';

/** `let` statements that declare what a workspace keeps: one function or several. */
export interface SavedFunctions {
  readonly text: string;
  /** Where the text stands, when it stands in a file as it is. */
  readonly origin?: TextOrigin;
}

/** Where one text of functions stands in a prelude. */
interface PreludePart extends Declared {
  readonly start: number;
}

/** What stands before a query: functions that it calls and that nobody declared in it, and the tables that they read. */
export interface Prelude {
  readonly text: string;
  readonly parts: readonly PreludePart[];
  readonly tables: readonly TableInfo[];
  /** Watchlists that the query names. */
  readonly watchlists: readonly string[];
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/[A-Za-z_]\w*/g) ?? []);

/** Names that a text's own `let` statements declare. */
const declaredIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^|;)\s*(?:\/\/[^\n]*\n\s*)*let\s+([A-Za-z_]\w*)\s*=/g)].map((match) => match[1] ?? '');

interface Declared extends SavedFunctions {
  readonly names: readonly string[];
}

const declared = (saved: SavedFunctions): Declared => ({ ...saved, names: declaredIn(saved.text) });

/** A text that declares functions; null for one that does not. */
export const parseSavedFunctions = (text: string): SavedFunctions | null =>
  declaredIn(text).length === 0 ? null : { text };

const builtIn = (): readonly Declared[] => builtInFunctions().map(({ name, text }) => ({ text, names: [name] }));

const withCalled = (text: string, known: readonly Declared[], taken: ReadonlySet<string>): readonly Declared[] => {
  const found: Declared[] = [];
  const visit = (calling: string): void => {
    const words = wordsOf(calling);
    for (const candidate of known) {
      if (found.includes(candidate) || pending.has(candidate)) continue;
      if (!candidate.names.some((name) => words.has(name) && !taken.has(name))) continue;
      pending.add(candidate);
      visit(candidate.text);
      found.push(candidate);
    }
  };
  const pending = new Set<Declared>();
  visit(text);
  return found;
};

const columns = (list: string): readonly ColumnInfo[] =>
  list.split(' ').map((column) => {
    const [name = '', type = 'string'] = column.split(':');
    return { name, type: type as ScalarType };
  });

/** What the service knows of a file; filled by data of this name. */
const fileProfile: TableInfo = {
  name: 'FileProfile',
  columns: columns(
    'SHA1 SHA256 MD5 FileSize:long GlobalPrevalence:long GlobalFirstSeen:datetime GlobalLastSeen:datetime Signer Issuer SignerHash IsCertificateValid:bool IsRootSignerMicrosoft:bool SignatureState IsExecutable:bool ThreatName Publisher SoftwareName ProfileAvailability',
  ),
};

const watchlistPrefix = 'watchlist:';

/** How a watchlist's table is called, by the alias that queries give. */
export const watchlistTable = (alias: string): string => `${watchlistPrefix}${alias}`;

/** The watchlists that were given. */
export const givenWatchlists = (tables: Iterable<string>): readonly string[] =>
  [...tables].filter((name) => name.startsWith(watchlistPrefix)).map((name) => name.slice(watchlistPrefix.length));

/** The aliases that a text asks for. */
const aliasesIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/\b_GetWatchlist(?:Alias)?\s*\(\s*@?(?:"([^"]*)"|'([^']*)')/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    ),
  ),
];

/** The columns that every watchlist has. */
const watchlistColumns = columns('_DTItemId LastUpdatedTimeUTC:datetime SearchKey');

/** A table of the service's own, with the columns that it always has; it may have others. Null for any other table. */
export const serviceTable = (name: string): TableInfo | null => {
  if (name === fileProfile.name) return fileProfile;
  return name.startsWith(watchlistPrefix) ? { name, columns: watchlistColumns } : null;
};

/** The columns by which files are looked up are named as if they were values: a name stands for itself. */
const fileProfileColumns = (text: string): string =>
  [...new Set([...text.matchAll(/\bFileProfile\s*\(\s*([A-Za-z_]\w*)\s*[,)]/g)].map((match) => match[1] ?? ''))]
    .map((name) => `let ${name} = "${name}";\n`)
    .join('');

/** Names of the watchlists that there are. */
const aliasList = (aliases: readonly string[]): Declared => ({
  text: `let _GetWatchlistAlias = () { datatable(WatchlistAlias:string)[${aliases.map((alias) => JSON.stringify(alias)).join(', ')}] };`,
  names: ['_GetWatchlistAlias'],
});

/** What a query needs before it: its own workspace's functions win over those that the products bring. */
export const preludeOf = (text: string, saved: readonly SavedFunctions[], aliases: readonly string[] = []): Prelude => {
  const own = saved.map(declared);
  const known = [
    ...own,
    ...(own.some((fn) => mayCallBuiltIn(fn.text)) || mayCallBuiltIn(text) ? [...builtIn(), aliasList(aliases)] : []),
  ];
  if (known.length === 0) return { text: '', parts: [], tables: [], watchlists: [] };
  const called = withCalled(text, known, new Set(declaredIn(text)));
  const whole = [...called.map((fn) => fn.text), text].join('\n');
  const parts: PreludePart[] = [];
  let functions = '';
  for (const fn of called) {
    parts.push({ ...fn, start: functions.length });
    functions += `${fn.text.trimEnd().replace(/;?$/, ';')}\n`;
  }
  return {
    text: called.length === 0 ? '' : functions + fileProfileColumns(whole),
    parts,
    tables: called.length === 0 ? [] : [fileProfile],
    watchlists: called.length === 0 ? [] : aliasesIn(whole),
  };
};

/** A watchlist that nobody gave: empty, with the columns that the query asks of it besides those that every watchlist has. */
export const unknownWatchlist = (alias: string, asked: readonly string[]): TableInfo => ({
  name: watchlistTable(alias),
  columns: [...watchlistColumns, ...asked.map((name): ColumnInfo => ({ name, type: 'string' }))],
});
