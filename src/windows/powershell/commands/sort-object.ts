import { valueOfBlock } from '../engine/invoke.ts';
import { readProperty } from '../objects/properties.ts';
import { compare } from '../operators/compare.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { ScriptBlockValue, type Value } from '../values/value.ts';
import type { Cmdlet } from './cmdlet.ts';

export const sortObject: Cmdlet = {
  name: 'Sort-Object',
  parameters: [
    { name: 'Property', position: 0 },
    { name: 'Descending', isSwitch: true },
    { name: 'Unique', isSwitch: true },
    { name: 'CaseSensitive', isSwitch: true },
    { name: 'InputObject' },
  ],
  start: (context) => {
    const items: Value[] = [];
    const keyOf = async (item: Value): Promise<Value[]> => {
      const properties = asList(context.argument('Property') ?? null);
      if (properties.length === 0) return [item];
      const keys: Value[] = [];
      for (const property of properties) {
        const isBlock = property instanceof ScriptBlockValue;
        keys.push(isBlock ? await valueOfBlock(property, context.frame, item) : readProperty(item, toText(property)));
      }
      return keys;
    };
    return {
      process: (input) => {
        if (input !== undefined) items.push(input);
        return Promise.resolve();
      },
      end: async () => {
        const keyed = [];
        for (const item of items) keyed.push({ item, keys: await keyOf(item) });
        const order = (a: Value[], b: Value[]): number =>
          a.reduce<number>(
            (found, key, index) => found || compare(key, b[index] ?? null, context.has('CaseSensitive')),
            0,
          );
        keyed.sort((a, b) => (context.has('Descending') ? order(b.keys, a.keys) : order(a.keys, b.keys)));
        let previous: Value[] | undefined;
        for (const { item, keys } of keyed) {
          if (context.has('Unique') && previous !== undefined && order(previous, keys) === 0) continue;
          previous = keys;
          await context.frame.streams.output(item);
        }
      },
    };
  },
};
