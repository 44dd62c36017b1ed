import type { IToken } from 'chevrotain';
import type { Alias, SumoStage } from './ast.ts';
import type { JoiningStage, TableField } from './joining-ast.ts';
import { fieldName, spanOfToken, unquoted } from './token-text.ts';
import type { TokenReader } from './token-reader.ts';
import * as t from './tokens.ts';

const nowhere = { start: 0, end: 0 };

/** `geo://location`, `path://"/Library/Users/…"`, `"shared/statusupdates"` as what they name. */
const pathOf = (image: string): string => image.replace(/"(?:\\[\s\S]|[^"\\])*"/, (quoted) => unquoted(quoted)).trim();

const readPairs = (reader: TokenReader): readonly { readonly field: Alias; readonly column: string }[] => {
  const pairs: { readonly field: Alias; readonly column: string }[] = [];
  do {
    const field = reader.name();
    reader.take(t.Equal);
    pairs.push({ field, column: reader.name().name });
  } while (reader.accept(t.Comma) || reader.accept(t.And));
  return pairs;
};

/** `lookup a as x, b from path on field=column`. */
export const readLookup = (reader: TokenReader): JoiningStage => {
  const outputs: { readonly from: string; readonly alias: Alias }[] = [];
  const all = reader.accept(t.Star);
  if (!all) {
    do {
      const { name, span } = reader.name();
      outputs.push({ from: name, alias: reader.accept(t.As) ? reader.name() : { name, span } });
    } while (reader.accept(t.Comma));
  }
  reader.word('from');
  const path = pathOf(reader.take(t.LookupPath, 'where the table is').image);
  reader.word('on');
  return { kind: 'lookup', outputs: all ? 'all' : outputs, path, on: readPairs(reader), span: nowhere };
};

const places = ['latitude', 'longitude', 'country_code', 'country_name', 'city', 'state'];

/** `geoip ip [more fields]`: a look into the table of places. */
export const readGeoip = (reader: TokenReader): JoiningStage => {
  const field = reader.name();
  const more: string[] = [];
  while (reader.peek() !== undefined) if (!reader.accept(t.Comma)) more.push(reader.name().name);
  const outputs = [...places, ...more].map((name) => ({ from: name, alias: { name, span: field.span } }));
  return { kind: 'lookup', outputs, path: 'geo://location', on: [{ field, column: 'ip' }], span: nowhere };
};

const tableField = (reader: TokenReader): TableField => {
  const token = reader.take(t.Name, 'a field of a table, as in t1.user');
  const span = spanOfToken(token);
  const image = fieldName(token.image);
  const dot = image.indexOf('.');
  return { table: image.slice(0, Math.max(0, dot)).toLowerCase(), field: image.slice(dot + 1), span };
};

/** `join (…) as t1, (…) as t2 on t1.a = t2.b and … [timewindow 10m]`. */
export const readJoin = (
  reader: TokenReader,
  readStages: (tokens: readonly IToken[]) => readonly SumoStage[],
): JoiningStage => {
  const tables: { readonly name: string; readonly stages: readonly SumoStage[] }[] = [];
  do {
    reader.take(t.LParen);
    const stages = readStages(reader.takeUntil(({ tokenType }) => tokenType === t.RParen));
    reader.take(t.RParen);
    reader.take(t.As);
    tables.push({ name: reader.name().name.toLowerCase(), stages });
  } while (reader.accept(t.Comma));
  reader.word('on');
  const on: { readonly left: TableField; readonly right: TableField }[] = [];
  do {
    const left = tableField(reader);
    reader.take(t.Equal);
    on.push({ left, right: tableField(reader) });
  } while (reader.accept(t.And));
  let windowMillis: number | null = null;
  const bracket = reader.accept(t.LBracket);
  if (reader.acceptWord('timewindow')) windowMillis = reader.millis();
  if (bracket) reader.take(t.RBracket);
  return { kind: 'join', tables, on, windowMillis, span: nowhere };
};
