import { NotImplemented } from '../../../os/not-implemented.ts';
import type { KeyPath } from '../../../registry/path.ts';
import { createException } from '../../engine/error-record.ts';
import { wildcardPattern } from '../../operators/patterns.ts';
import { asList } from '../../values/convert.ts';
import { toText } from '../../values/text.ts';
import { PsObject, type Value } from '../../values/value.ts';
import type { ParameterSpec } from '../binding.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { propertiesObject } from './objects.ts';
import { keyNotFound, locateKey, registryTarget, type RegistryTarget } from './path.ts';
import { kindOf, kindOfValue, toData, toValue } from './values.ts';

const parameters = (...own: readonly ParameterSpec[]): readonly ParameterSpec[] => [
  { name: 'Path', position: 0 },
  { name: 'LiteralPath', aliases: ['PSPath'] },
  { name: 'Name', position: 1 },
  { name: 'Force', isSwitch: true },
  { name: 'Confirm', isSwitch: true },
  ...['Include', 'Exclude', 'Filter', 'Credential'].map((name) => ({ name, unsupported: true })),
  ...own,
];

const targets = (context: CmdletContext, input: Value | undefined): RegistryTarget[] => {
  const given = input instanceof PsObject ? (input.get('PSPath') ?? input) : input;
  const paths = asList(given ?? context.argument('LiteralPath') ?? context.argument('Path') ?? null).map(toText);
  return paths.map((path) => {
    const target = registryTarget(path, context.frame.session);
    if (target === null) throw new NotImplemented(`properties of ${path}`);
    return target;
  });
};

/** The key must be there. */
const existing = async (target: RegistryTarget, context: CmdletContext): Promise<KeyPath | null> => {
  const path = locateKey(target, context);
  if (path !== null && context.frame.session.machine.registry().find(path) !== null) return path;
  await keyNotFound(target, context);
  return null;
};

const noProperty = (name: string, target: RegistryTarget, context: CmdletContext): Promise<void> =>
  context.writeError({
    exception: createException(
      'System.Management.Automation.PSArgumentException',
      `Property ${name} does not exist at path ${target.full}.`,
    ),
    category: 'InvalidArgument',
    target: { text: name, type: 'String' },
    id: `System.Management.Automation.PSArgumentException,Microsoft.PowerShell.Commands.${context.name}`,
  });

const keyName = (name: string): string => (name.toLowerCase() === '(default)' ? '' : name);

/** `-Name` and `-Value`, or one of each from every property of an object. */
const pairs = (context: CmdletContext, input: Value | undefined): (readonly [string, Value])[] => {
  const object = context.argument('InputObject') ?? (context.has('Name') ? undefined : input);
  if (object instanceof PsObject) return object.entries();
  return [[toText(context.argument('Name') ?? null), context.argument('Value') ?? null]];
};

const showProperty = (path: KeyPath, target: RegistryTarget, name: string, context: CmdletContext) => {
  const { machine } = context.frame.session;
  const key = machine.registry().find(path);
  if (key === null) return;
  const wanted = (value: string): boolean => value.toLowerCase() === (name === '' ? '(default)' : name.toLowerCase());
  return context.output(propertiesObject(key, target.full, wanted, machine.environment));
};

const setItemProperty: Cmdlet = {
  name: 'Set-ItemProperty',
  parameters: parameters(
    { name: 'Value', position: 2 },
    { name: 'Type', aliases: ['PropertyType'] },
    { name: 'InputObject' },
    { name: 'PassThru', isSwitch: true },
  ),
  start: (context) => ({
    process: async (input) => {
      const registry = context.frame.session.machine.registry();
      for (const target of targets(context, context.has('Path') || context.has('LiteralPath') ? undefined : input)) {
        const path = await existing(target, context);
        if (path === null) continue;
        for (const [name, value] of pairs(context, input)) {
          const type = context.argument('Type');
          const known = registry.find(path)?.values.get(keyName(name).toLowerCase())?.value.type;
          const kind = type === undefined ? (known ?? kindOfValue(value)) : kindOf(type);
          await registry.setValue(path, keyName(name), toData(value, kind));
          if (context.has('PassThru')) await showProperty(path, target, keyName(name), context);
        }
      }
    },
  }),
};

const newItemProperty: Cmdlet = {
  name: 'New-ItemProperty',
  parameters: parameters({ name: 'PropertyType', aliases: ['Type'] }, { name: 'Value' }),
  start: (context) => ({
    process: async (input) => {
      const registry = context.frame.session.machine.registry();
      const name = keyName(toText(context.argument('Name') ?? null));
      for (const target of targets(context, input)) {
        const path = await existing(target, context);
        if (path === null) continue;
        if (registry.find(path)?.values.has(name.toLowerCase()) === true && !context.has('Force')) {
          await context.writeError({
            exception: createException('System.IO.IOException', 'The property already exists.'),
            category: 'ResourceExists',
            target: { text: target.full, type: 'String' },
            id: `System.IO.IOException,Microsoft.PowerShell.Commands.${context.name}`,
          });
          continue;
        }
        const value = context.argument('Value') ?? null;
        const type = context.argument('PropertyType');
        await registry.setValue(path, name, toData(value, type === undefined ? kindOfValue(value) : kindOf(type)));
        await showProperty(path, target, name, context);
      }
    },
  }),
};

const getItemProperty: Cmdlet = {
  name: 'Get-ItemProperty',
  parameters: parameters(),
  start: (context) => ({
    process: async (input) => {
      const { machine } = context.frame.session;
      const names = asList(context.argument('Name') ?? null).map(toText);
      const patterns = names.map((name) => wildcardPattern(name, false));
      for (const target of targets(context, input)) {
        const path = await existing(target, context);
        const key = path === null ? null : machine.registry().find(path);
        if (key === null) continue;
        const has = (pattern: RegExp): boolean =>
          [...key.values.values()].some(({ name }) => pattern.test(name === '' ? '(default)' : name));
        const absent = names.find(
          (name, index) => !/[*?]/.test(name) && patterns[index] !== undefined && !has(patterns[index]),
        );
        if (absent !== undefined) await noProperty(absent, target, context);
        else {
          const wanted = (name: string): boolean =>
            patterns.length === 0 || patterns.some((pattern) => pattern.test(name));
          await context.output(propertiesObject(key, target.full, wanted, machine.environment));
        }
      }
    },
  }),
};

const getItemPropertyValue: Cmdlet = {
  name: 'Get-ItemPropertyValue',
  parameters: parameters(),
  start: (context) => ({
    process: async (input) => {
      const { machine } = context.frame.session;
      for (const target of targets(context, input)) {
        const path = await existing(target, context);
        if (path === null) continue;
        for (const name of asList(context.argument('Name') ?? null).map(toText)) {
          const found = machine.registry().find(path)?.values.get(keyName(name).toLowerCase());
          if (found === undefined) await noProperty(name, target, context);
          else await context.output(toValue(found.value, machine.environment));
        }
      }
    },
  }),
};

const removeItemProperty: Cmdlet = {
  name: 'Remove-ItemProperty',
  parameters: parameters(),
  start: (context) => ({
    process: async (input) => {
      const registry = context.frame.session.machine.registry();
      for (const target of targets(context, input)) {
        const path = await existing(target, context);
        if (path === null) continue;
        for (const name of asList(context.argument('Name') ?? null).map(toText)) {
          const pattern = wildcardPattern(name, false);
          const found = [...(registry.find(path)?.values.values() ?? [])].filter((value) =>
            pattern.test(value.name === '' ? '(default)' : value.name),
          );
          if (found.length === 0 && !/[*?]/.test(name)) await noProperty(name, target, context);
          for (const value of found) await registry.deleteValue(path, value.name);
        }
      }
    },
  }),
};

export const propertyCmdlets: readonly Cmdlet[] = [
  setItemProperty,
  newItemProperty,
  getItemProperty,
  getItemPropertyValue,
  removeItemProperty,
];
