import { readFileSync, writeFileSync, appendFileSync, existsSync } from 'node:fs';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { customObject, Dictionary, PsObject, type Value } from '../values/value.ts';
import { typeNameOf } from '../values/type-of.ts';
import type { ParameterSpec } from './binding.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';
import { resolveFile, withFile } from './files.ts';

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const entriesOf = (value: Value): (readonly [string, Value])[] => {
  if (value instanceof PsObject) return value.entries();
  if (value instanceof Dictionary) return value.entries().map(([key, item]) => [toText(key), item]);
  return typeof value === 'string' ? [['Length', value.length]] : [];
};

/** Lines of a CSV: the first object says the columns. Windows PowerShell names the type first unless told not to. */
const toLines = (values: readonly Value[], context: CmdletContext, withHeader: boolean): string[] => {
  const [first] = values;
  if (first === undefined || first === null) return [];
  const separator = toText(context.argument('Delimiter') ?? ',');
  const names = entriesOf(first).map(([name]) => name);
  const row = (value: Value): string => {
    const own = new Map(entriesOf(value).map(([name, item]) => [name.toLowerCase(), item]));
    return names.map((name) => cell(own.get(name.toLowerCase()) ?? null)).join(separator);
  };
  const type = context.has('NoTypeInformation') || !withHeader ? [] : [`#TYPE ${typeNameOf(first)}`];
  return [...type, ...(withHeader ? [names.map(quote).join(separator)] : []), ...values.map(row)];
};

const cell = (value: Value): string => (value === null ? '' : quote(toText(value)));

/** Fields of one line; quotes may hold the separator and doubled quotes. */
const fieldsOf = (line: string, separator: string): string[] => {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (quoted) {
      if (char !== '"') field += char;
      else if (line[at + 1] === '"') field += line.charAt(++at);
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === separator) {
      fields.push(field);
      field = '';
    } else field += char;
  }
  return [...fields, field];
};

const fromLines = (lines: readonly string[], context: CmdletContext): PsObject[] => {
  const separator = toText(context.argument('Delimiter') ?? ',');
  const rows = lines
    .filter((line) => line !== '' && !line.startsWith('#TYPE'))
    .map((line) => fieldsOf(line, separator));
  const given = asList(context.argument('Header') ?? null).map(toText);
  const names = given.length > 0 ? given : (rows.shift() ?? []);
  return rows.map((row) => customObject(names.map((name, index) => [name, row[index] ?? null])));
};

const common: readonly ParameterSpec[] = [
  { name: 'Delimiter' },
  { name: 'NoTypeInformation', aliases: ['NTI'], isSwitch: true },
  { name: 'InputObject' },
  { name: 'Encoding' },
];

const collect =
  (finish: (values: readonly Value[], context: CmdletContext) => Promise<void>): Cmdlet['start'] =>
  (context) => {
    const values: Value[] = [];
    return {
      process: (input) => {
        values.push(...(input === undefined ? asList(context.argument('InputObject') ?? null) : [input]));
        return Promise.resolve();
      },
      end: () => finish(values, context),
    };
  };

export const csvCmdlets: readonly Cmdlet[] = [
  {
    name: 'ConvertTo-Csv',
    parameters: common,
    start: collect(async (values, context) => {
      await context.output(toLines(values, context, true));
    }),
  },
  {
    name: 'ConvertFrom-Csv',
    parameters: [{ name: 'InputObject', position: 0 }, { name: 'Delimiter' }, { name: 'Header' }],
    start: collect(async (values, context) => {
      await context.output(
        fromLines(
          values.flatMap((value) => toText(value).split(/\r?\n/)),
          context,
        ),
      );
    }),
  },
  {
    name: 'Export-Csv',
    parameters: [
      ...common,
      { name: 'Path', position: 0 },
      { name: 'LiteralPath', aliases: ['PSPath'] },
      { name: 'Append', isSwitch: true },
      { name: 'Force', isSwitch: true },
      { name: 'NoClobber', isSwitch: true, unsupported: true },
    ],
    start: collect((values, context) => {
      const file = resolveFile(toText(context.argument('LiteralPath') ?? context.argument('Path') ?? null), context);
      const appends = context.has('Append') && existsSync(file.host);
      const text = toLines(values, context, !appends)
        .map((line) => `${line}\r\n`)
        .join('');
      withFile(context, file, () => (appends ? appendFileSync(file.host, text) : writeFileSync(file.host, text)));
      return Promise.resolve();
    }),
  },
  {
    name: 'Import-Csv',
    parameters: [
      { name: 'Path', position: 0 },
      { name: 'LiteralPath', aliases: ['PSPath'] },
      { name: 'Delimiter' },
      { name: 'Header' },
      { name: 'Encoding' },
    ],
    start: (context) => ({
      process: async (input) => {
        const path = input ?? context.argument('LiteralPath') ?? context.argument('Path') ?? null;
        const file = resolveFile(toText(path), context);
        const text = withFile(context, file, () => readFileSync(file.host, 'utf8'));
        await context.output(fromLines(text.replace(/^\uFEFF/, '').split(/\r?\n/), context));
      },
    }),
  },
];
