import { createKey, makeKey, partsOf, setValue, type Key } from './hive.ts';
import type { RegistryData } from './value.ts';

/** The text form of registry keys that regedit exports and imports; a hive is kept in it, with its keys sorted. */
export const header = 'Windows Registry Editor Version 5.00';

const escape = (text: string): string => text.replace(/[\\"]/g, '\\$&');

const bytesText = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',');

const wide = (text: string): Uint8Array => Buffer.from(`${text}\0`, 'utf16le');

const renderData = (value: RegistryData): string => {
  switch (value.type) {
    case 'REG_SZ':
      // Line ends have no form of their own in quotes.
      return /[\r\n]/.test(value.data) ? `hex(1):${bytesText(wide(value.data))}` : `"${escape(value.data)}"`;
    case 'REG_EXPAND_SZ':
      return `hex(2):${bytesText(wide(value.data))}`;
    case 'REG_MULTI_SZ':
      return `hex(7):${bytesText(wide(value.data.map((item) => `${item}\0`).join('')))}`;
    case 'REG_DWORD':
      return `dword:${value.data.toString(16).padStart(8, '0')}`;
    case 'REG_QWORD': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(value.data);
      return `hex(b):${bytesText(bytes)}`;
    }
    case 'REG_BINARY':
      return `hex:${bytesText(value.data)}`;
    case 'REG_NONE':
      return `hex(0):${bytesText(value.data)}`;
  }
};

const sorted = <T>(map: ReadonlyMap<string, T>): T[] => [...map.keys()].sort().flatMap((key) => map.get(key) ?? []);

/** A key and all below it, as sections of an export. */
export const renderKey = (key: Key, path: string): string => {
  const values = sorted(key.values).map(
    ({ name, value }) => `${name === '' ? '@' : `"${escape(name)}"`}=${renderData(value)}\r\n`,
  );
  const inner = sorted(key.keys).map((child) => renderKey(child, `${path}\\${child.name}`));
  return [`[${path}]\r\n`, ...values, '\r\n', ...inner].join('');
};

const unescape = (text: string): string => text.replace(/\\(["\\])/g, '$1');

const readBytes = (text: string): Uint8Array =>
  Uint8Array.from(
    text.split(',').filter((item) => item.trim() !== ''),
    (item) => parseInt(item, 16),
  );

const text16 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf16le').replace(/\0+$/, '');

const readHex = (kind: string, bytes: Uint8Array): RegistryData | null => {
  switch (kind.toLowerCase()) {
    case '':
    case '3':
      return { type: 'REG_BINARY', data: bytes };
    case '0':
      return { type: 'REG_NONE', data: bytes };
    case '1':
      return { type: 'REG_SZ', data: text16(bytes) };
    case '2':
      return { type: 'REG_EXPAND_SZ', data: text16(bytes) };
    case '7':
      return { type: 'REG_MULTI_SZ', data: text16(bytes).split('\0').filter(Boolean) };
    case 'b':
      return bytes.length === 8 ? { type: 'REG_QWORD', data: Buffer.from(bytes).readBigUInt64LE() } : null;
    default:
      return null;
  }
};

const readData = (text: string): RegistryData | null => {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(text);
  if (quoted !== null) return { type: 'REG_SZ', data: unescape(quoted[1] ?? '') };
  const number = /^dword:([0-9a-f]{1,8})$/i.exec(text);
  if (number !== null) return { type: 'REG_DWORD', data: parseInt(number[1] ?? '0', 16) };
  const bytes = /^hex(?:\(([0-9a-f])\))?:([0-9a-f, \t]*)$/i.exec(text);
  return bytes === null ? null : readHex(bytes[1] ?? '', readBytes(bytes[2] ?? ''));
};

export type RegChange =
  | { readonly kind: 'key'; readonly path: string }
  | { readonly kind: 'delete-key'; readonly path: string }
  | { readonly kind: 'value'; readonly path: string; readonly name: string; readonly value: RegistryData }
  | { readonly kind: 'delete-value'; readonly path: string; readonly name: string };

/** What a `.reg` file asks for, in its order. Lines that are none of its forms are passed over, as regedit does. */
export const parseRegText = (text: string): RegChange[] => {
  const changes: RegChange[] = [];
  let path: string | null = null;
  for (const line of text.replace(/\\\r?\n\s*/g, '').split(/\r?\n/)) {
    const section = /^\[(-?)(.+)\]$/.exec(line.trim());
    if (section !== null) {
      const [, deletes, name = ''] = section;
      path = deletes === '-' ? null : name;
      changes.push({ kind: deletes === '-' ? 'delete-key' : 'key', path: name });
      continue;
    }
    const entry = /^(?:@|"((?:[^"\\]|\\.)*)")\s*=\s*(.*)$/.exec(line.trim());
    if (entry === null || path === null) continue;
    const name = unescape(entry[1] ?? '');
    const data = entry[2] ?? '';
    if (data === '-') changes.push({ kind: 'delete-value', path, name });
    const value = readData(data);
    if (value !== null) changes.push({ kind: 'value', path, name, value });
  }
  return changes;
};

/** A hive from its file: the keys below `root`, which every path in it begins with. */
export const readHive = (text: string, root: string): Key => {
  const hive = createKey(root);
  for (const change of parseRegText(text)) {
    if (!change.path.toLowerCase().startsWith(root.toLowerCase())) continue;
    const { key } = makeKey(hive, partsOf(change.path.slice(root.length)));
    if (change.kind === 'value') setValue(key, change.name, change.value);
  }
  return hive;
};

export const renderHive = (hive: Key): string => `${header}\r\n\r\n${renderKey(hive, hive.name)}`;
