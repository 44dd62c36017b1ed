import { invokeInline } from '../engine/invoke.ts';
import { callMethod } from '../objects/methods.ts';
import { readProperty } from '../objects/properties.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { ScriptBlockValue, type Value } from '../values/value.ts';
import type { Cmdlet } from './cmdlet.ts';

const blocks = (value: Value | undefined): ScriptBlockValue[] =>
  asList(value ?? null).filter((item) => item instanceof ScriptBlockValue);

export const forEachObject: Cmdlet = {
  name: 'ForEach-Object',
  parameters: [
    { name: 'Process', position: 0, takesRest: true },
    { name: 'Begin' },
    { name: 'End' },
    { name: 'InputObject' },
    { name: 'MemberName' },
    { name: 'ArgumentList' },
  ],
  start: (context) => {
    const given = context.argument('Process');
    const member = context.argument('MemberName') ?? (typeof given === 'string' ? given : undefined);
    const all = blocks(given);
    // Of several blocks without names, the first is the beginning and the last the end.
    const begin = blocks(context.argument('Begin'))[0] ?? (all.length > 1 ? all.shift() : undefined);
    const end = blocks(context.argument('End'))[0] ?? (all.length > 1 ? all.pop() : undefined);
    const each = async (item: Value): Promise<void> => {
      if (member === undefined) {
        for (const block of all) await invokeInline(block, context.frame, item);
        return;
      }
      const args = asList(context.argument('ArgumentList') ?? null);
      const property = readProperty(item, toText(member));
      await context.output(
        property !== null || item === null ? property : await callMethod(item, toText(member), args, context.frame),
      );
    };
    return {
      begin: () => (begin === undefined ? Promise.resolve() : invokeInline(begin, context.frame, undefined)),
      process: async (input) => {
        const item = input ?? context.argument('InputObject');
        if (input !== undefined || item !== undefined) await each(item ?? null);
      },
      end: () => (end === undefined ? Promise.resolve() : invokeInline(end, context.frame, undefined)),
    };
  },
};
