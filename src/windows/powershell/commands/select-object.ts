import { valueOfBlock } from '../engine/invoke.ts';
import { emit } from '../engine/results.ts';
import type { Stage } from '../engine/pipeline.ts';
import { readProperty } from '../objects/properties.ts';
import { areEqual } from '../operators/compare.ts';
import { wildcardPattern } from '../operators/patterns.ts';
import { asList } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { customObject, Dictionary, PsObject, ScriptBlockValue, type Value } from '../values/value.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';

const whole = (value: Value | undefined): number => Number(coerceNumber(value ?? null)?.value ?? 0);

/** `name`, `na*`, or `@{Name=…; Expression={…}}`. */
const selectProperty = async (item: Value, property: Value, context: CmdletContext): Promise<[string, Value][]> => {
  if (property instanceof Dictionary) {
    const keys = new Map(property.entries().map(([key, value]) => [toText(key).toLowerCase(), value]));
    const find = (start: string): Value => [...keys].find(([key]) => start.startsWith(key))?.[1] ?? null;
    const expression = find('expression');
    const name = toText(find('name') ?? find('label') ?? expression);
    return [
      [
        name,
        expression instanceof ScriptBlockValue
          ? await valueOfBlock(expression, context.frame, item)
          : readProperty(item, toText(expression)),
      ],
    ];
  }
  const name = toText(property);
  if (!/[*?[]/.test(name) || !(item instanceof PsObject)) return [[name, readProperty(item, name)]];
  const pattern = wildcardPattern(name, false);
  return item
    .entries()
    .filter(([key]) => pattern.test(key))
    .map(([key, value]) => [key, value]);
};

export const selectObject: Cmdlet = {
  name: 'Select-Object',
  parameters: [
    { name: 'Property', position: 0 },
    { name: 'First' },
    { name: 'Last' },
    { name: 'Skip' },
    { name: 'Unique', isSwitch: true },
    { name: 'ExpandProperty' },
    { name: 'ExcludeProperty', unsupported: true },
    { name: 'Index' },
    { name: 'Wait', isSwitch: true },
    { name: 'InputObject' },
  ],
  start: (context) => {
    const first = context.has('First') ? whole(context.argument('First')) : Infinity;
    let toSkip = whole(context.argument('Skip'));
    const last = context.has('Last') ? whole(context.argument('Last')) : null;
    const seen: Value[] = [];
    const kept: Value[] = [];
    let count = 0;
    let position = -1;
    const indexes = context.has('Index') ? asList(context.argument('Index') ?? null).map(whole) : null;
    const shape = async (item: Value): Promise<void> => {
      const expand = context.argument('ExpandProperty');
      if (expand !== undefined) return emit(readProperty(item, toText(expand)), context.frame.streams.output);
      const properties = context.argument('Property');
      if (properties === undefined) return void (await context.frame.streams.output(item));
      const entries = (
        await Promise.all(asList(properties).map((property) => selectProperty(item, property, context)))
      ).flat();
      await context.frame.streams.output(customObject(entries));
    };
    const running: Partial<Stage> = {
      process: async (input) => {
        if (input === undefined) return;
        position++;
        if (indexes !== null && !indexes.includes(position)) return;
        if (toSkip-- > 0) return;
        if (context.has('Unique')) {
          if (seen.some((item) => areEqual(item, input, true))) return;
          seen.push(input);
        }
        if (last !== null) {
          kept.push(input);
          if (kept.length > last) kept.shift();
          return;
        }
        if (count < first) await shape(input);
        count++;
        // -Wait goes on reading, for the sake of what the earlier stages do.
        if (count >= first && !context.has('Wait')) context.stop();
      },
      end: async () => {
        for (const item of kept) await shape(item);
      },
    };
    return running;
  },
};
