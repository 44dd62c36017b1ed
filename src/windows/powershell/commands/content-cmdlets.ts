import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { crlf } from '../../os/stdio.ts';
import { createException } from '../engine/error-record.ts';
import { formatForFile } from '../host/format.ts';
import { asList } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { Numeric, type Value } from '../values/value.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';
import { resolveFile, withFile } from './files.ts';

interface Encoding {
  readonly name: 'utf16le' | 'utf8' | 'latin1' | 'ascii';
  readonly mark: readonly number[];
}

const encodings: Readonly<Record<string, Encoding>> = {
  unicode: { name: 'utf16le', mark: [0xff, 0xfe] },
  utf8: { name: 'utf8', mark: [0xef, 0xbb, 0xbf] },
  ascii: { name: 'ascii', mark: [] },
  default: { name: 'latin1', mark: [] },
  oem: { name: 'latin1', mark: [] },
};

const encodingOf = (context: CmdletContext, byDefault: string): Encoding | 'byte' => {
  const name = toText(context.argument('Encoding') ?? byDefault).toLowerCase();
  if (name === 'byte') return 'byte';
  return encodings[name] ?? encodings['default'] ?? { name: 'latin1', mark: [] };
};

/** A byte order mark tells; without one, text is in the system's code page. */
const decode = (bytes: Buffer, given: Encoding | 'byte'): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8');
  return bytes.toString(given === 'byte' ? 'latin1' : given.name);
};

const linesOf = (text: string): string[] => {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

const pathOf = (context: CmdletContext): string =>
  toText(context.argument('LiteralPath') ?? context.argument('FilePath') ?? context.argument('Path') ?? null);

const getContent: Cmdlet = {
  name: 'Get-Content',
  parameters: [
    { name: 'Path', position: 0 },
    { name: 'LiteralPath', aliases: ['PSPath'] },
    { name: 'TotalCount', aliases: ['First', 'Head'] },
    { name: 'Tail', aliases: ['Last'] },
    { name: 'Raw', isSwitch: true },
    { name: 'Encoding' },
    { name: 'ReadCount' },
    { name: 'Wait', isSwitch: true, unsupported: true },
    { name: 'Force', isSwitch: true },
  ],
  start: (context) => ({
    process: async (input) => {
      const file = resolveFile(input === undefined ? pathOf(context) : toText(input), context);
      if (!existsSync(file.host)) {
        return context.writeError({
          exception: createException(
            'System.Management.Automation.ItemNotFoundException',
            `Cannot find path '${file.windows}' because it does not exist.`,
          ),
          category: 'ObjectNotFound',
          target: { text: file.windows, type: 'String' },
          id: 'PathNotFound,Microsoft.PowerShell.Commands.GetContentCommand',
        });
      }
      const encoding = encodingOf(context, 'default');
      const bytes = withFile(context, file, () => readFileSync(file.host));
      if (encoding === 'byte') return void (await context.output([...bytes].map((byte) => new Numeric('byte', byte))));
      const text = decode(bytes, encoding);
      if (context.has('Raw')) return void (await context.output(text));
      const first = context.argument('TotalCount');
      const last = context.argument('Tail');
      const lines = linesOf(text);
      const count = (value: Value): number => Number(coerceNumber(value)?.value ?? 0);
      await context.output(
        first !== undefined ? lines.slice(0, count(first)) : last !== undefined ? lines.slice(-count(last)) : lines,
      );
    },
  }),
};

const writer = (name: string, appends: boolean): Cmdlet => ({
  name,
  parameters: [
    { name: 'Path', position: 0 },
    { name: 'LiteralPath', aliases: ['PSPath'] },
    { name: 'Value', position: 1 },
    { name: 'Encoding' },
    { name: 'NoNewline', isSwitch: true },
    { name: 'Force', isSwitch: true },
    { name: 'PassThru', isSwitch: true, unsupported: true },
    { name: 'Stream', unsupported: true },
  ],
  start: (context) => {
    const values: Value[] = [];
    return {
      process: (input) => {
        values.push(...asList(input ?? context.argument('Value') ?? null));
        return Promise.resolve();
      },
      end: () => {
        const file = resolveFile(pathOf(context), context);
        const encoding = encodingOf(context, 'default');
        const end = context.has('NoNewline') ? '' : '\r\n';
        const isNew = !appends || !existsSync(file.host);
        const bytes =
          encoding === 'byte'
            ? Buffer.from(values.map((value) => Number(coerceNumber(value)?.value ?? 0)))
            : Buffer.concat([
                Buffer.from(isNew ? encoding.mark : []),
                Buffer.from(values.map((value) => toText(value) + end).join(''), encoding.name),
              ]);
        withFile(context, file, () => (appends ? appendFileSync(file.host, bytes) : writeFileSync(file.host, bytes)));
        return Promise.resolve();
      },
    };
  },
});

const outFile: Cmdlet = {
  name: 'Out-File',
  parameters: [
    { name: 'FilePath', position: 0 },
    { name: 'LiteralPath', aliases: ['PSPath'] },
    { name: 'Encoding', position: 1 },
    { name: 'Append', isSwitch: true },
    { name: 'Force', isSwitch: true },
    { name: 'NoClobber', isSwitch: true, unsupported: true },
    { name: 'NoNewline', isSwitch: true },
    { name: 'Width' },
    { name: 'InputObject' },
  ],
  start: (context) => {
    const values: Value[] = [];
    return {
      process: (input) => {
        values.push(...asList(input ?? context.argument('InputObject') ?? null));
        return Promise.resolve();
      },
      end: () => {
        const file = resolveFile(pathOf(context), context);
        const encoding = encodingOf(context, 'unicode');
        const text = context.has('NoNewline') ? values.map(toText).join('') : crlf(formatForFile(values));
        const { name, mark } = encoding === 'byte' ? { name: 'latin1' as const, mark: [] } : encoding;
        const isNew = !context.has('Append') || !existsSync(file.host);
        const bytes = Buffer.concat([Buffer.from(isNew ? mark : []), Buffer.from(text, name)]);
        withFile(context, file, () =>
          context.has('Append') ? appendFileSync(file.host, bytes) : writeFileSync(file.host, bytes),
        );
        return Promise.resolve();
      },
    };
  },
};

const outString: Cmdlet = {
  name: 'Out-String',
  parameters: [{ name: 'Stream', isSwitch: true }, { name: 'Width' }, { name: 'InputObject' }],
  start: (context) => {
    const values: Value[] = [];
    return {
      process: (input) => {
        values.push(...asList(input ?? context.argument('InputObject') ?? null));
        return Promise.resolve();
      },
      end: async () => {
        const text = crlf(formatForFile(values));
        await context.output(context.has('Stream') ? linesOf(text) : text);
      },
    };
  },
};

export const contentCmdlets: readonly Cmdlet[] = [
  getContent,
  writer('Set-Content', false),
  writer('Add-Content', true),
  outFile,
  outString,
];
