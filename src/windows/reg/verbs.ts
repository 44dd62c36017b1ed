import { readFileSync, writeFileSync } from 'node:fs';
import { findPath } from '../os/find-file.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import type { Key } from '../registry/hive.ts';
import type { KeyPath } from '../registry/path.ts';
import { header, parseRegText, renderKey } from '../registry/reg-text.ts';
import { readData } from './data.ts';
import { badSyntax, done, locate, notFound, readArguments, RegFailure, type RegHost } from './context.ts';

type Verb = (args: readonly string[], host: RegHost) => Promise<void>;

/** Without an answer the answer is no. */
const agrees = (question: string, host: RegHost): boolean => {
  for (;;) {
    const answer = host.ask(`${question} (Yes/No)? `)?.trim().toLowerCase() ?? null;
    if (answer === null || /^no?$/.test(answer)) throw new RegFailure('The operation was canceled by the user.');
    if (/^y(es)?$/.test(answer)) return true;
  }
};

const only = (words: readonly string[], verb: string, count: number): readonly string[] => {
  if (words.length !== count) throw badSyntax(verb);
  return words;
};

export const add: Verb = async (args, host) => {
  const { words, flags, values } = readArguments(args, 'add', ['ve', 'f'], ['v', 't', 's', 'd']);
  const [path = ''] = only(words, 'add', 1);
  const key = locate(path, host);
  const name = flags.has('ve') ? '' : values.get('v');
  if (name === undefined) {
    if (values.size > 0) throw badSyntax('add');
    await host.registry.createKey(key);
  } else {
    const data = readData(values.get('t') ?? 'REG_SZ', values.get('d'), values.get('s') ?? '\\0');
    const exists = host.registry.find(key)?.values.has(name.toLowerCase()) === true;
    if (exists && !flags.has('f')) agrees(`Value ${name === '' ? '(Default)' : name} exists, overwrite`, host);
    await host.registry.setValue(key, name, data);
  }
  host.out(done);
};

export const remove: Verb = async (args, host) => {
  const { words, flags, values } = readArguments(args, 'delete', ['ve', 'va', 'f'], ['v']);
  const [path = ''] = only(words, 'delete', 1);
  const key = locate(path, host);
  const found = host.registry.find(key);
  if (found === null) throw notFound();
  const name = flags.has('ve') ? '' : values.get('v');
  if (name !== undefined && !found.values.has(name.toLowerCase())) throw notFound();
  if (!flags.has('f')) {
    const what = name !== undefined ? `the registry value ${name}` : `the registry key ${key.shown}`;
    agrees(
      flags.has('va') ? `Delete all values under the registry key ${key.shown}` : `Permanently delete ${what}`,
      host,
    );
  }
  if (name !== undefined) await host.registry.deleteValue(key, name);
  else if (flags.has('va')) for (const value of found.values.values()) await host.registry.deleteValue(key, value.name);
  else await host.registry.deleteKey(key);
  host.out(done);
};

const keyFrom = async (key: Key, path: KeyPath, host: RegHost): Promise<void> => {
  await host.registry.createKey(path);
  for (const { name, value } of key.values.values()) await host.registry.setValue(path, name, value);
  for (const child of key.keys.values())
    await keyFrom(child, { ...path, parts: [...path.parts, child.name], shown: `${path.shown}\\${child.name}` }, host);
};

export const copy: Verb = async (args, host) => {
  const { words, flags } = readArguments(args, 'copy', ['s', 'f'], []);
  const [from = '', to = ''] = only(words, 'copy', 2);
  const key = host.registry.find(locate(from, host));
  if (key === null) throw notFound();
  await keyFrom(flags.has('s') ? key : { ...key, keys: new Map() }, locate(to, host), host);
  host.out(done);
};

const fileOf = (path: string, host: RegHost): string => {
  const file = findPath(path, host.folder, host.drive);
  if (file === null) throw new NotImplemented(`reg with the file ${path}`);
  return file.host;
};

/** Files of regedit are UTF-16 with a mark. */
export const exportKey: Verb = (args, host) => {
  const { words, flags } = readArguments(args, 'export', ['y'], []);
  const [path = '', target = ''] = only(words, 'export', 2);
  const key = locate(path, host);
  const found = host.registry.find(key);
  if (found === null) throw notFound();
  const file = fileOf(target, host);
  const exists = readIfThere(file) !== null;
  if (exists && !flags.has('y')) agrees(`File ${target} already exists. Overwrite`, host);
  writeFileSync(file, Buffer.from(`\uFEFF${header}\r\n\r\n${renderKey(found, key.shown)}`, 'utf16le'));
  host.out(done);
  return Promise.resolve();
};

const readIfThere = (file: string): Buffer | null => {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
};

/** What a `.reg` file asks for is done in its order. */
export const importFile: Verb = async (args, host) => {
  const { words } = readArguments(args, 'import', [], []);
  const [source = ''] = only(words, 'import', 1);
  const bytes = readIfThere(fileOf(source, host));
  if (bytes === null) throw new RegFailure('ERROR: The system cannot find the file specified.');
  const text = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8');
  if (!/^\uFEFF?\s*(Windows Registry Editor Version 5\.00|REGEDIT4)/.test(text))
    throw new RegFailure('ERROR: Error accessing the registry.');
  for (const change of parseRegText(text)) {
    const key = locate(change.path, host);
    if (change.kind === 'key') await host.registry.createKey(key);
    else if (change.kind === 'value') await host.registry.setValue(key, change.name, change.value);
    else if (change.kind === 'delete-value') await host.registry.deleteValue(key, change.name);
    else await host.registry.deleteKey(key);
  }
  host.error(done);
};
