import { invokeInline, valueOfBlock } from '../engine/invoke.ts';
import { emit } from '../engine/results.ts';
import type { Stage } from '../engine/pipeline.ts';
import { callMethod } from '../objects/methods.ts';
import { readProperty } from '../objects/properties.ts';
import { applyBinary } from '../operators/binary.ts';
import { areEqual, compare } from '../operators/compare.ts';
import { wildcardPattern } from '../operators/patterns.ts';
import { readBinaryWord } from '../syntax/operators.ts';
import { asList } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toBoolean, toText } from '../values/text.ts';
import { customObject, Dictionary, double, PsObject, ScriptBlockValue, type Value } from '../values/value.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';

const whole = (value: Value | undefined): number => Number(coerceNumber(value ?? null)?.value ?? 0);

const blocks = (value: Value | undefined): ScriptBlockValue[] =>
  asList(value ?? null).filter((item) => item instanceof ScriptBlockValue);

const forEachObject: Cmdlet = {
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

const comparisons = [
  'eq',
  'ne',
  'gt',
  'ge',
  'lt',
  'le',
  'like',
  'notlike',
  'match',
  'notmatch',
  'contains',
  'notcontains',
  'in',
  'notin',
  'is',
  'isnot',
];

const whereTest = (context: CmdletContext): ((item: Value) => Promise<boolean>) => {
  const [block] = blocks(context.argument('FilterScript'));
  if (block !== undefined) return async (item) => toBoolean(await valueOfBlock(block, context.frame, item));
  const property = toText(context.argument('Property') ?? context.argument('FilterScript') ?? '');
  const used = [...comparisons, ...comparisons.map((name) => `c${name}`)].find((name) => context.has(name));
  const operator = used === undefined ? null : readBinaryWord(used);
  if (used === undefined || operator === null)
    return (item) => Promise.resolve(toBoolean(readProperty(item, property)));
  const right = context.argument('Value') ?? null;
  const { caseSensitive } = operator;
  return (item) =>
    Promise.resolve(
      toBoolean(
        applyBinary(operator.operator, readProperty(item, property), right, {
          caseSensitive,
          setMatches: (groups) => context.frame.scope.set('Matches', groups),
        }),
      ),
    );
};

const whereObject: Cmdlet = {
  name: 'Where-Object',
  parameters: [
    { name: 'FilterScript', position: 0 },
    { name: 'Property' },
    { name: 'Value', position: 1 },
    { name: 'InputObject' },
    ...[...comparisons, ...comparisons.map((name) => `c${name}`)].map((name) => ({ name, isSwitch: true })),
  ],
  start: (context) => {
    const test = whereTest(context);
    return {
      process: async (input) => {
        if (input !== undefined && (await test(input))) await context.frame.streams.output(input);
      },
    };
  },
};

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

const selectObject: Cmdlet = {
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

const measureObject: Cmdlet = {
  name: 'Measure-Object',
  parameters: [
    { name: 'Property', position: 0 },
    { name: 'Sum', isSwitch: true },
    { name: 'Average', isSwitch: true },
    { name: 'Maximum', isSwitch: true },
    { name: 'Minimum', isSwitch: true },
    { name: 'Line', isSwitch: true, unsupported: true },
    { name: 'Word', isSwitch: true, unsupported: true },
    { name: 'Character', isSwitch: true, unsupported: true },
    { name: 'InputObject' },
  ],
  start: (context) => {
    const property = context.argument('Property');
    const items: Value[] = [];
    return {
      process: (input) => {
        if (input !== undefined) items.push(property === undefined ? input : readProperty(input, toText(property)));
        return Promise.resolve();
      },
      end: async () => {
        const numbers = items.map((item) => Number(coerceNumber(item)?.value ?? NaN));
        const sum = numbers.reduce((total, number) => total + number, 0);
        const figure = (name: string, value: number): [string, Value] => [
          name,
          context.has(name) && numbers.length > 0 ? double(value) : null,
        ];
        await context.output(
          new PsObject(
            ['Microsoft.PowerShell.Commands.GenericMeasureInfo'],
            [
              ['Count', items.length],
              figure('Average', sum / numbers.length),
              figure('Sum', sum),
              figure('Maximum', Math.max(...numbers)),
              figure('Minimum', Math.min(...numbers)),
              ['Property', property === undefined ? null : toText(property)],
            ],
          ),
        );
      },
    };
  },
};

const sortObject: Cmdlet = {
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

export const objectCmdlets: readonly Cmdlet[] = [forEachObject, whereObject, selectObject, measureObject, sortObject];
