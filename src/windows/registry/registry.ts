import type { EventLog } from '../os/event-log.ts';
import type { WindowsEnvironment } from '../os/environment.ts';
import { userSid } from '../os/sid.ts';
import { findKey, makeKey, setValue, type Key } from './hive.ts';
import { changeHive, loadHive } from './hive-files.ts';
import { kernelName, parseKeyPath, type KeyPath } from './path.ts';
import { plainText, typeNumbers, type RegistryData } from './value.ts';

export interface RegistryHost {
  /** The host's folder that holds drive C. */
  readonly drive: string;
  readonly environment: WindowsEnvironment;
  readonly eventLog: EventLog;
}

/**
 * The registry of the host, as one process uses it. Every change is on disk when its call returns, and is told to the event log as
 * Windows' own provider of registry events tells it: creation, deletion, values set and deleted.
 */
export interface Registry {
  /** Null: no such root. */
  locate(path: string): KeyPath | null;
  find(path: KeyPath): Key | null;
  /** False when it was there. */
  createKey(path: KeyPath): Promise<boolean>;
  setValue(path: KeyPath, name: string, value: RegistryData): Promise<void>;
  /** False when there was none. */
  deleteValue(path: KeyPath, name: string): Promise<boolean>;
  /** With all below it. False when there was none. */
  deleteKey(path: KeyPath): Promise<boolean>;
}

/** Events of Microsoft-Windows-Kernel-Registry, by its manifest. */
const kernelEvents = { createKey: 1, deleteKey: 3, setValue: 5, deleteValue: 6 } as const;

const provider = 'Microsoft-Windows-Kernel-Registry';

/** Paths below a key, the deepest first: the order in which they can be deleted. */
const below = (key: Key, path: readonly string[]): string[][] =>
  [...key.keys.values()].flatMap((child) => [...below(child, [...path, child.name]), [...path, child.name]]);

export const openRegistry = ({ drive, environment, eventLog }: RegistryHost): Registry => {
  const user = environment.get('USERNAME') ?? '';
  const sid = userSid(environment.get('USERDOMAIN') ?? '', user);

  const tell = (
    event: keyof typeof kernelEvents,
    { hive }: KeyPath,
    parts: readonly string[],
    more: Readonly<Record<string, string | number>> = {},
  ): Promise<void> => {
    const inHive =
      hive === 'SYSTEM' && parts[0]?.toLowerCase() === 'currentcontrolset'
        ? ['ControlSet001', ...parts.slice(1)]
        : parts;
    const KeyName = [kernelName(hive, sid), ...inHive].join('\\');
    return eventLog.write({ channel: provider, provider, eventId: kernelEvents[event], data: { KeyName, ...more } });
  };

  /** Spelled as the hive has it. */
  const spelling = (root: Key, parts: readonly string[]): string[] =>
    parts.map((part, index) => findKey(root, parts.slice(0, index + 1))?.name ?? part);

  return {
    locate: (path) => parseKeyPath(path, sid),
    find: ({ hive, parts }) => findKey(loadHive(hive, drive, user), parts),
    createKey: async (path) => {
      const { made } = changeHive(path.hive, drive, user, (root) => makeKey(root, path.parts));
      for (const name of made) await tell('createKey', path, name.split('\\'));
      return made.length > 0;
    },
    setValue: async (path, name, value) => {
      const { made, old, parts } = changeHive(path.hive, drive, user, (root) => {
        const { key, made } = makeKey(root, path.parts);
        const old = key.values.get(name.toLowerCase())?.value ?? null;
        setValue(key, name, value);
        return { made, old, parts: spelling(root, path.parts) };
      });
      for (const key of made) await tell('createKey', path, key.split('\\'));
      await tell('setValue', path, parts, {
        ValueName: name,
        Type: typeNumbers[value.type],
        Data: plainText(value),
        ...(old === null ? {} : { PreviousType: typeNumbers[old.type], PreviousData: plainText(old) }),
      });
    },
    deleteValue: async (path, name) => {
      const found = changeHive(path.hive, drive, user, (root) => {
        const values = findKey(root, path.parts)?.values;
        const value = values?.get(name.toLowerCase());
        values?.delete(name.toLowerCase());
        return value === undefined ? null : { value, parts: spelling(root, path.parts) };
      });
      if (found === null) return false;
      await tell('deleteValue', path, found.parts, {
        ValueName: found.value.name,
        PreviousType: typeNumbers[found.value.value.type],
        PreviousData: plainText(found.value.value),
      });
      return true;
    },
    deleteKey: async (path) => {
      const gone = changeHive(path.hive, drive, user, (root) => {
        const parent = findKey(root, path.parts.slice(0, -1));
        const name = path.parts.at(-1)?.toLowerCase() ?? '';
        const key = parent?.keys.get(name);
        if (parent === null || key === undefined) return [];
        const own = spelling(root, path.parts);
        parent.keys.delete(name);
        return [...below(key, own), own];
      });
      for (const parts of gone) await tell('deleteKey', path, parts);
      return gone.length > 0;
    },
  };
};
