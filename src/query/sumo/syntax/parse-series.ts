import type { Alias, Extracted, SumoExpr, SumoStage } from './ast.ts';
import type { Generator, SeriesStage, Timeshift } from './series-ast.ts';
import { spanOfToken, unquoted } from './token-text.ts';
import type { TokenReader } from './token-reader.ts';
import * as t from './tokens.ts';

const nowhere = { start: 0, end: 0 };

/** `transpose row a, b column c [as x, y, *]`. */
export const readTranspose = (reader: TokenReader): SeriesStage => {
  reader.word('row');
  const rows = reader.names();
  reader.word('column');
  const columns = reader.names();
  if (!reader.accept(t.As)) return { kind: 'transpose', rows, columns, outputs: null, dynamic: true, span: nowhere };
  const outputs: Alias[] = [];
  let dynamic = false;
  const bracket = reader.accept(t.LBracket) ? t.RBracket : reader.accept(t.LParen) ? t.RParen : null;
  do {
    if (reader.accept(t.Star)) dynamic = true;
    else outputs.push(reader.name());
  } while (reader.accept(t.Comma));
  if (bracket !== null) reader.take(bracket);
  return { kind: 'transpose', rows, columns, outputs, dynamic, span: nowhere };
};

const timesliceField = (reader: TokenReader): Alias =>
  reader.accept(t.In) ? reader.name() : { name: '_timeslice', span: nowhere };

const readGenerator = (reader: TokenReader): Generator => {
  if (reader.acceptWord('timeslice')) {
    let millis: number | null = null;
    if (reader.is(t.Duration)) millis = reader.millis();
    else if (reader.accept(t.LParen)) {
      millis = reader.millis();
      reader.take(t.RParen);
    }
    return { kind: 'timeslice', millis, field: timesliceField(reader) };
  }
  if (!reader.acceptWord('values')) return reader.fail('timeslice or values');
  if (reader.acceptWord('all')) {
    reader.take(t.In);
    return { kind: 'values', values: 'all', field: reader.name() };
  }
  reader.take(t.LParen);
  const values = [reader.text()];
  while (reader.accept(t.Comma)) values.push(reader.text());
  reader.take(t.RParen);
  reader.take(t.In);
  return { kind: 'values', values, field: reader.name() };
};

const readConstant = (reader: TokenReader): SumoExpr => {
  const token = reader.peek();
  const span = token === undefined ? nowhere : spanOfToken(token);
  if (reader.accept(t.Null)) return { kind: 'null', span };
  if (reader.is(t.Text)) {
    const { image } = reader.take(t.Text);
    return { kind: 'text', value: unquoted(image), raw: image.slice(1, -1), span };
  }
  const value = reader.number();
  return { kind: 'number', value: String(value), real: !Number.isInteger(value), span };
};

/** `fillmissing timeslice(15m), values("a", "b") in x with -1 for n takelast`. */
export const readFillmissing = (reader: TokenReader): SeriesStage => {
  const generators = [readGenerator(reader)];
  while (reader.accept(t.Comma)) generators.push(readGenerator(reader));
  const constants: { readonly field: Alias; readonly value: SumoExpr }[] = [];
  if (reader.acceptWord('with')) {
    do {
      const value = readConstant(reader);
      reader.word('for');
      constants.push({ value, field: reader.name() });
    } while (reader.accept(t.Comma));
  }
  return { kind: 'fillmissing', generators, constants, takeLast: reader.acceptWord('takelast'), span: nowhere };
};

const readDirection = (reader: TokenReader): '+-' | '+' | '-' => {
  if (reader.accept(t.Plus)) return reader.accept(t.Minus) ? '+-' : '+';
  if (reader.accept(t.Minus)) return reader.accept(t.Plus) ? '+-' : '-';
  return reader.fail('+-, + or -');
};

/** `outlier x [by a, b] [window=10, threshold=3, consecutive=1, direction=+-]`. */
export const readOutlier = (reader: TokenReader): SeriesStage => {
  const field = reader.name();
  const options = { window: 10, threshold: 3, consecutive: 1 };
  let direction: '+-' | '+' | '-' = '+-';
  let keys: readonly Alias[] = [];
  while (reader.peek() !== undefined) {
    if (reader.accept(t.Comma)) continue;
    if (reader.accept(t.By)) {
      const found = [reader.name()];
      while (reader.is(t.Comma) && !reader.is(t.Equal, 2)) {
        reader.take(t.Comma);
        found.push(reader.name());
      }
      keys = found;
      continue;
    }
    const option = reader.isWord('direction') || Object.hasOwn(options, reader.peek()?.image.toLowerCase() ?? '');
    if (!option) return reader.fail('by, window, threshold, consecutive or direction');
    const name = reader.name().name.toLowerCase();
    reader.take(t.Equal);
    if (name === 'direction') direction = readDirection(reader);
    else options[name as keyof typeof options] = reader.number();
  }
  return { kind: 'outlier', field, keys, ...options, direction, span: nowhere };
};

/** `predict x by 1m`; other models are named in an option. */
export const readPredict = (reader: TokenReader): SumoStage => {
  const field = reader.name();
  reader.take(t.By);
  const millis = reader.millis();
  let model = '';
  while (reader.peek() !== undefined) {
    if (reader.accept(t.Comma)) continue;
    const name = reader.name().name.toLowerCase();
    reader.take(t.Equal);
    const value = reader.peek()?.image.toLowerCase() ?? '';
    if (!reader.accept(t.Name) && !reader.accept(t.NumberText) && !reader.accept(t.Duration)) reader.fail('a value');
    if (name !== 'model' || value !== 'linear') model = `${name}=${value}`;
  }
  if (model === '') return { kind: 'predict', field, millis, span: nowhere };
  return { kind: 'other', operator: `predict with ${model}`, span: nowhere };
};

const readTimeshift = (reader: TokenReader): Timeshift => {
  reader.acceptWord('with');
  reader.word('timeshift');
  const token = reader.peek();
  const millis = reader.millis();
  const [, count = '1', unit = ''] = /^(\d+)(.*)$/.exec(token?.image ?? '') ?? [];
  const times = reader.is(t.NumberText) ? reader.number() : 1;
  const aggregate = (['avg', 'min', 'max'] as const).find((word) => reader.acceptWord(word)) ?? null;
  const alias = reader.accept(t.As) ? reader.name() : null;
  const span = token === undefined ? nowhere : spanOfToken(token);
  return { count: Number(count), unit, millis, times, aggregate, alias, span };
};

/** `compare with timeshift 1d 7 avg, timeshift 1w`. */
export const readCompare = (reader: TokenReader): SeriesStage => {
  const shifts = [readTimeshift(reader)];
  while (reader.accept(t.Comma)) shifts.push(readTimeshift(reader));
  return { kind: 'compare', shifts, span: nowhere };
};

/** `parse xml [field=f] "/a/b", "/a/@c" [as x, y] [nodrop]`. */
export const readXml = (reader: TokenReader): SumoStage => {
  reader.acceptWord('xml');
  let field: SumoExpr | null = null;
  let nodrop = false;
  const paths: Extracted[] = [];
  let names: readonly Alias[] = [];
  while (reader.peek() !== undefined) {
    if (reader.accept(t.Comma)) continue;
    if (reader.accept(t.Nodrop)) nodrop = true;
    else if (reader.accept(t.As)) names = [...names, ...reader.names()];
    else if (reader.isWord('field') && reader.is(t.Equal, 1)) {
      reader.word('field');
      reader.take(t.Equal);
      const { name, span } = reader.name();
      field = { kind: 'field', name, span };
    } else {
      const token = reader.take(t.Text, 'a path');
      const from = unquoted(token.image);
      paths.push({ from, alias: { name: from, span: spanOfToken(token) }, span: spanOfToken(token) });
    }
  }
  const named = paths.map((path, index) => ({ ...path, alias: names[index] ?? path.alias }));
  if (paths.length === 0) return reader.fail('a path');
  return { kind: 'xml', field, nodrop, paths: named, span: nowhere };
};
