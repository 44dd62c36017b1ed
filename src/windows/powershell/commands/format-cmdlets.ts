import { NotImplemented } from '../../os/not-implemented.ts';
import { formatForFile, formatList, formatTable } from '../host/format.ts';
import { readProperty } from '../objects/properties.ts';
import { wildcardPattern } from '../operators/patterns.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { Dictionary, PsObject, ScriptBlockValue, type Value } from '../values/value.ts';
import type { ParameterSpec } from './binding.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';

const parameters: readonly ParameterSpec[] = [
  { name: 'Property', position: 0, takesRest: true },
  { name: 'InputObject' },
  { name: 'AutoSize', isSwitch: true },
  { name: 'Wrap', isSwitch: true },
  { name: 'HideTableHeaders', isSwitch: true, unsupported: true },
  { name: 'Force', isSwitch: true },
  ...['GroupBy', 'View', 'Expand', 'DisplayError', 'ShowError'].map((name) => ({ name, unsupported: true })),
];

/** Names that `-Property` selects, wildcards replaced by what the first object has. */
const propertiesOf = (context: CmdletContext, first: Value | undefined): string[] | undefined => {
  const wanted = asList(context.argument('Property') ?? null);
  if (wanted.length === 0) return undefined;
  const own = first instanceof PsObject ? first.entries().map(([name]) => name) : [];
  return wanted.flatMap((item) => {
    if (item instanceof ScriptBlockValue || item instanceof Dictionary)
      throw new NotImplemented('calculated properties of Format cmdlets');
    const name = toText(item);
    if (!/[*?]/.test(name)) return [name];
    const pattern = wildcardPattern(name, false);
    return own.filter((known) => pattern.test(known));
  });
};

/** What a Format cmdlet puts out is for showing: text here. */
const formatter = (
  name: string,
  render: (values: readonly Value[], properties: readonly string[] | undefined) => string,
): Cmdlet => ({
  name,
  parameters,
  start: (context) => {
    const values: Value[] = [];
    return {
      process: (input) => {
        values.push(...(input === undefined ? asList(context.argument('InputObject') ?? null) : [input]));
        return Promise.resolve();
      },
      end: async () => {
        if (values.length === 0) return;
        const text = render(values, propertiesOf(context, values[0]));
        await context.output(text.replace(/\n$/, ''));
      },
    };
  },
});

const plain = (value: Value): boolean => !(value instanceof PsObject) && !(value instanceof Dictionary);

const wide = (values: readonly Value[], properties: readonly string[] | undefined): string =>
  `\n${values.map((value) => toText(readProperty(value, properties?.[0] ?? 'Name'))).join('\n')}\n\n`;

export const formatCmdlets: readonly Cmdlet[] = [
  formatter('Format-Table', (values, properties) =>
    values.every(plain) && properties === undefined ? formatForFile(values) : formatTable(values, properties),
  ),
  formatter('Format-List', (values, properties) =>
    values.every(plain) && properties === undefined ? formatForFile(values) : formatList(values, properties),
  ),
  formatter('Format-Wide', wide),
];
