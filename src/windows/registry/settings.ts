import { partsOf, type Key } from './hive.ts';
import { findKey } from './hive.ts';
import { loadHive } from './hive-files.ts';

/** A policy of the machine: on when its value in `HKEY_LOCAL_MACHINE\SOFTWARE` is 1. */
export interface Setting {
  /** Below `HKEY_LOCAL_MACHINE\SOFTWARE`. */
  readonly key: string;
  readonly name: string;
}

export const isOn = ({ key, name }: Setting, software: Key): boolean => {
  const value = findKey(software, partsOf(key))?.values.get(name.toLowerCase())?.value;
  return value?.type === 'REG_DWORD' && value.data === 1;
};

export const loadSoftware = (drive: string): Key => loadHive('SOFTWARE', drive, '');
