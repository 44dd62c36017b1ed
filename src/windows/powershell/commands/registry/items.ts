import { createException } from '../../engine/error-record.ts';
import { wildcardPattern } from '../../operators/patterns.ts';
import { toText } from '../../values/text.ts';
import type { Key } from '../../../registry/hive.ts';
import type { CmdletContext } from '../cmdlet.ts';
import { keyObject } from './objects.ts';
import { keyNotFound, locateKey, type RegistryTarget } from './path.ts';

/** The registry's part of the item cmdlets. */

const find = (target: RegistryTarget, context: CmdletContext): Key | null => {
  const path = locateKey(target, context);
  return path === null ? null : context.frame.session.machine.registry().find(path);
};

const show = (key: Key, full: string, context: CmdletContext): Promise<void> | void =>
  context.output(keyObject(key, full, context.frame.session.machine.environment));

/** Keys that a path with a wildcard in its last part names; without one, the key itself. */
const matching = (target: RegistryTarget, context: CmdletContext): { readonly full: string; readonly key: Key }[] => {
  if (!/[*?]/.test(target.full)) {
    const key = find(target, context);
    return key === null ? [] : [{ full: target.full, key }];
  }
  const cut = target.full.lastIndexOf('\\');
  const folder = target.full.slice(0, cut);
  const pattern = wildcardPattern(target.full.slice(cut + 1), false);
  const parent = find({ ...target, full: folder }, context);
  return [...(parent?.keys.values() ?? [])]
    .filter(({ name }) => pattern.test(name))
    .map((key) => ({ full: `${folder}\\${key.name}`, key }));
};

export const testKey = (target: RegistryTarget, context: CmdletContext): boolean =>
  matching(target, context).length > 0;

export const getKey = async (target: RegistryTarget, context: CmdletContext): Promise<void> => {
  const found = matching(target, context);
  if (found.length === 0 && !/[*?]/.test(target.full)) return keyNotFound(target, context);
  for (const { full, key } of found) await show(key, full, context);
};

export const listKeys = async (target: RegistryTarget, context: CmdletContext, recurse: boolean): Promise<void> => {
  const found = matching(target, context);
  if (found.length === 0 && !/[*?]/.test(target.full)) return keyNotFound(target, context);
  const list = async (key: Key, full: string): Promise<void> => {
    for (const child of key.keys.values()) {
      await show(child, `${full}\\${child.name}`, context);
      if (recurse) await list(child, `${full}\\${child.name}`);
    }
  };
  for (const { key, full } of found) await list(key, full);
};

const failure = (message: string, id: string, target: RegistryTarget, context: CmdletContext): Promise<void> =>
  context.writeError({
    exception: createException('System.IO.IOException', message),
    category: id === 'System.IO.IOException' ? 'ResourceExists' : 'NotSpecified',
    target: { text: target.full, type: 'String' },
    id: `${id},Microsoft.PowerShell.Commands.${context.name}`,
  });

/** Without `-Force`, the key above must be there, and the key itself must not. */
export const newKey = async (target: RegistryTarget, context: CmdletContext): Promise<void> => {
  const registry = context.frame.session.machine.registry();
  const path = locateKey(target, context);
  const parent = path === null ? null : registry.find({ ...path, parts: path.parts.slice(0, -1) });
  if (path === null || (parent === null && !context.has('Force')))
    return failure(
      'The registry key at the specified path does not exist.',
      'System.ArgumentException',
      target,
      context,
    );
  if (registry.find(path) !== null) {
    if (!context.has('Force'))
      return failure('A key in this path already exists.', 'System.IO.IOException', target, context);
    await registry.deleteKey(path);
  }
  await registry.createKey(path);
  const value = context.argument('Value');
  if (value !== undefined) await registry.setValue(path, '', { type: 'REG_SZ', data: toText(value) });
  await getKey(target, context);
};

export const removeKey = async (target: RegistryTarget, context: CmdletContext): Promise<void> => {
  const registry = context.frame.session.machine.registry();
  const found = matching(target, context);
  if (found.length === 0 && !/[*?]/.test(target.full)) return keyNotFound(target, context);
  for (const { full } of found) {
    const path = locateKey({ path: target.path, full }, context);
    if (path !== null) await registry.deleteKey(path);
  }
};
