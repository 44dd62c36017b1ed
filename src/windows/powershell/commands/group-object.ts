import { valueOfBlock } from '../engine/invoke.ts';
import { readProperty } from '../objects/properties.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { Dictionary, PsObject, ScriptBlockValue, type Value } from '../values/value.ts';
import type { Cmdlet } from './cmdlet.ts';

interface Group {
  readonly name: string;
  readonly keys: Value[];
  readonly items: Value[];
}

const groupObject = ({ name, keys, items }: Group, bare: boolean): PsObject =>
  new PsObject(
    ['Microsoft.PowerShell.Commands.GroupInfo'],
    [['Count', items.length], ['Name', name], ...(bare ? [] : ([['Group', items]] as const)), ['Values', keys]],
  );

export const groupObjectCmdlet: Cmdlet = {
  name: 'Group-Object',
  parameters: [
    { name: 'Property', position: 0 },
    { name: 'NoElement', isSwitch: true },
    { name: 'AsHashTable', isSwitch: true },
    { name: 'AsString', isSwitch: true },
    { name: 'CaseSensitive', isSwitch: true },
    { name: 'InputObject' },
  ],
  start: (context) => {
    const groups = new Map<string, Group>();
    return {
      process: async (input) => {
        if (input === undefined) return;
        const properties = asList(context.argument('Property') ?? null);
        const keys: Value[] = properties.length === 0 ? [input] : [];
        for (const property of properties) {
          const isBlock = property instanceof ScriptBlockValue;
          keys.push(
            isBlock ? await valueOfBlock(property, context.frame, input) : readProperty(input, toText(property)),
          );
        }
        const name = keys.map(toText).join(', ');
        const key = context.has('CaseSensitive') ? name : name.toLowerCase();
        const group = groups.get(key) ?? { name, keys, items: [] };
        group.items.push(input);
        groups.set(key, group);
      },
      end: async () => {
        const sorted = [...groups.values()].sort((a, b) => a.name.localeCompare(b.name, 'en-US'));
        if (context.has('AsHashTable'))
          await context.output(
            new Dictionary(
              false,
              sorted.map(({ name, items }) => [name, items]),
            ),
          );
        else for (const group of sorted) await context.output(groupObject(group, context.has('NoElement')));
      },
    };
  },
};
