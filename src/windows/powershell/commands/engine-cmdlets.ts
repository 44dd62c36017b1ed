import { NotImplemented } from '../../os/not-implemented.ts';
import { RuntimeFailure } from '../engine/error-record.ts';
import { createInvocation } from '../engine/invoke.ts';
import { readVariable, writeVariable } from '../engine/variables.ts';
import { parsePowerShell } from '../syntax/parse.ts';
import { asList } from '../values/convert.ts';
import { coerceNumber, numberOf } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { writeProperty } from '../objects/properties.ts';
import { constructorOf } from '../objects/constructors.ts';
import { fullTypeName } from '../values/type-of.ts';
import { asJson } from './to-json.ts';
import { customObject, Dictionary, isCustomObject, PsObject, ScriptBlockValue, type Value } from '../values/value.ts';
import type { Cmdlet } from './cmdlet.ts';
import { parseJson } from './json.ts';

/** The text runs in the caller's scope, and is a script block of its own to event 4104. */
const invokeExpression: Cmdlet = {
  name: 'Invoke-Expression',
  parameters: [{ name: 'Command', position: 0 }],
  start: (context) => ({
    process: async (input) => {
      const text = toText(input ?? context.argument('Command') ?? null);
      const parsed = parsePowerShell(text);
      if (!parsed.ok) {
        const [diagnostic] = parsed.diagnostics;
        throw new RuntimeFailure((diagnostic?.code ?? '').replace('powershell/', ''), diagnostic?.message ?? '', {
          category: 'ParserError',
          type: 'System.Management.Automation.ParseException',
        });
      }
      const block = new ScriptBlockValue(parsed.value, { text, path: '' });
      const invocation = createInvocation(block, { named: new Map(), rest: [] }, context.frame, 'caller');
      await invocation.begin();
      await invocation.process(undefined);
      await invocation.end();
    },
  }),
};

const whole = (value: Value): number => Number(coerceNumber(value)?.value ?? 0);

/** -Maximum is exclusive; a list gives some of its elements. */
const getRandom: Cmdlet = {
  name: 'Get-Random',
  parameters: [
    { name: 'Maximum', position: 0 },
    { name: 'Minimum' },
    { name: 'InputObject' },
    { name: 'Count' },
    { name: 'SetSeed', unsupported: true },
  ],
  start: (context) => {
    const { random } = context.frame.session.machine;
    const items: Value[] = [];
    return {
      process: (input) => {
        if (input !== undefined) items.push(input);
        return Promise.resolve();
      },
      end: async () => {
        const maximum = context.argument('Maximum');
        const pool = [
          ...items,
          ...asList(context.argument('InputObject') ?? (Array.isArray(maximum) ? maximum : null)),
        ];
        if (pool.length === 0) {
          const least = whole(context.argument('Minimum') ?? 0);
          const most = maximum === undefined ? 2 ** 31 - 1 : whole(maximum);
          const isReal = maximum !== undefined && coerceNumber(maximum)?.type === 'double';
          const value = least + random() * (most - least);
          await context.output(isReal ? numberOf('double', value) : Math.floor(value));
          return;
        }
        for (let left = whole(context.argument('Count') ?? 1); left > 0 && pool.length > 0; left--) {
          await context.output(pool.splice(Math.floor(random() * pool.length), 1)[0] ?? null);
        }
      },
    };
  },
};

const setVariable: Cmdlet = {
  name: 'Set-Variable',
  parameters: [
    { name: 'Name', position: 0 },
    { name: 'Value', position: 1 },
    { name: 'Scope', unsupported: true },
    { name: 'Option', unsupported: true },
    { name: 'Force', isSwitch: true },
  ],
  start: (context) => ({
    process: () => {
      writeVariable(
        { name: toText(context.argument('Name') ?? null), qualifier: null },
        context.argument('Value') ?? null,
        context.frame,
      );
      return Promise.resolve();
    },
  }),
};

const getVariable: Cmdlet = {
  name: 'Get-Variable',
  parameters: [
    { name: 'Name', position: 0 },
    { name: 'ValueOnly', isSwitch: true },
    { name: 'Scope', unsupported: true },
  ],
  start: (context) => ({
    process: async () => {
      const name = toText(context.argument('Name') ?? null);
      if (name === '' || /[*?]/.test(name)) throw new NotImplemented('Get-Variable of several variables');
      const value = readVariable({ name, qualifier: null }, context.frame);
      await context.output(
        context.has('ValueOnly')
          ? value
          : customObject([
              ['Name', name],
              ['Value', value],
            ]),
      );
    },
  }),
};

const noProperty = (type: string, name: string): RuntimeFailure =>
  new RuntimeFailure(
    'InvalidOperationException',
    `The member "${name}" was not found for the specified ${type} object.`,
    { type: 'System.InvalidOperationException' },
  );

const newObject: Cmdlet = {
  name: 'New-Object',
  parameters: [
    { name: 'TypeName', position: 0 },
    { name: 'ArgumentList', aliases: ['Args'], position: 1 },
    { name: 'Property' },
    { name: 'ComObject', unsupported: true },
  ],
  start: (context) => ({
    process: async () => {
      const type = fullTypeName(toText(context.argument('TypeName') ?? null));
      const property = context.argument('Property');
      const create = constructorOf(type);
      if (create === null) throw new NotImplemented(`New-Object ${type}`);
      const made = await create(asList(context.argument('ArgumentList') ?? null), context.frame.session);
      if (property instanceof Dictionary) {
        if (!(made instanceof PsObject)) throw new NotImplemented(`New-Object ${type} -Property`);
        for (const [key, value] of property.entries())
          if (isCustomObject(made)) made.set(toText(key), value);
          else if (!writeProperty(made, toText(key), value)) throw noProperty(type, toText(key));
      }
      // A list that was made is one object, however many elements it has.
      await context.frame.streams.output(made);
    },
  }),
};

const convertFromJson: Cmdlet = {
  name: 'ConvertFrom-Json',
  parameters: [{ name: 'InputObject', position: 0 }],
  start: (context) => {
    const lines: string[] = [];
    return {
      process: (input) => {
        lines.push(...asList(input ?? context.argument('InputObject') ?? null).map(toText));
        return Promise.resolve();
      },
      end: async () => {
        await context.output(parseJson(lines.join('\n')));
      },
    };
  },
};

const convertToJson: Cmdlet = {
  name: 'ConvertTo-Json',
  parameters: [{ name: 'InputObject', position: 0 }, { name: 'Depth' }, { name: 'Compress', isSwitch: true }],
  start: (context) => {
    const items: Value[] = [];
    return {
      process: (input) => {
        items.push(input ?? context.argument('InputObject') ?? null);
        return Promise.resolve();
      },
      end: async () => {
        const value = items.length === 1 ? (items[0] ?? null) : items;
        const depth = whole(context.argument('Depth') ?? 2);
        await context.output(asJson(value, depth, context.has('Compress')));
      },
    };
  },
};

export const engineCmdlets: readonly Cmdlet[] = [
  invokeExpression,
  getRandom,
  setVariable,
  getVariable,
  newObject,
  convertFromJson,
  convertToJson,
];
