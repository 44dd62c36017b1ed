import { partsOf } from './hive.ts';

/** Where a key lies: which hive, and the way in it. */
export interface KeyPath {
  readonly hive: HiveName;
  /** Below the hive's root. */
  readonly parts: readonly string[];
  /** `HKEY_LOCAL_MACHINE\SOFTWARE\…` as it was asked for, with the root spelled out. */
  readonly shown: string;
}

export type HiveName = 'SOFTWARE' | 'SYSTEM' | 'SAM' | 'SECURITY' | 'HARDWARE' | 'DEFAULT' | 'user';

const roots: Readonly<Record<string, string>> = {
  hklm: 'HKEY_LOCAL_MACHINE',
  hkcu: 'HKEY_CURRENT_USER',
  hkcr: 'HKEY_CLASSES_ROOT',
  hku: 'HKEY_USERS',
  hkcc: 'HKEY_CURRENT_CONFIG',
};

const machineHives: readonly HiveName[] = ['SOFTWARE', 'SYSTEM', 'SAM', 'SECURITY', 'HARDWARE'];

/** Root keys and where they lead: classes are the machine's, and a control set is the current one. */
export const parseKeyPath = (text: string, sid: string): KeyPath | null => {
  const [first = '', ...rest] = partsOf(text.replaceAll('/', '\\'));
  const root = roots[first.toLowerCase()] ?? first.toUpperCase();
  const shown = [root, ...rest].join('\\');
  switch (root) {
    case 'HKEY_LOCAL_MACHINE': {
      const hive = machineHives.find((name) => name === rest[0]?.toUpperCase());
      return hive === undefined ? null : { hive, parts: controlSet(hive, rest.slice(1)), shown };
    }
    case 'HKEY_CURRENT_USER':
      return { hive: 'user', parts: rest, shown };
    case 'HKEY_CLASSES_ROOT':
      return { hive: 'SOFTWARE', parts: ['Classes', ...rest], shown };
    case 'HKEY_CURRENT_CONFIG':
      return { hive: 'SYSTEM', parts: ['CurrentControlSet', 'Hardware Profiles', 'Current', ...rest], shown };
    case 'HKEY_USERS':
      if (rest[0]?.toUpperCase() === sid.toUpperCase()) return { hive: 'user', parts: rest.slice(1), shown };
      return rest[0]?.toUpperCase() === '.DEFAULT' ? { hive: 'DEFAULT', parts: rest.slice(1), shown } : null;
    default:
      return null;
  }
};

const controlSet = (hive: HiveName, parts: readonly string[]): readonly string[] =>
  hive === 'SYSTEM' && parts[0]?.toLowerCase() === 'controlset001' ? ['CurrentControlSet', ...parts.slice(1)] : parts;

/** Every path in a hive's file begins with it. */
export const hiveRoot = (hive: HiveName): string => {
  if (hive === 'user') return 'HKEY_CURRENT_USER';
  return hive === 'DEFAULT' ? 'HKEY_USERS\\.DEFAULT' : `HKEY_LOCAL_MACHINE\\${hive}`;
};

/** The hive's name as the kernel has it. */
export const kernelName = (hive: HiveName, sid: string): string => {
  if (hive === 'user') return `\\REGISTRY\\USER\\${sid}`;
  return hive === 'DEFAULT' ? '\\REGISTRY\\USER\\.DEFAULT' : `\\REGISTRY\\MACHINE\\${hive}`;
};
