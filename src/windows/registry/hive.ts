import type { RegistryData } from './value.ts';

export interface NamedValue {
  /** `''` is the default value. */
  readonly name: string;
  readonly value: RegistryData;
}

export interface Key {
  readonly name: string;
  /** By lower-case name. */
  readonly keys: Map<string, Key>;
  readonly values: Map<string, NamedValue>;
}

export const createKey = (name: string): Key => ({ name, keys: new Map(), values: new Map() });

export const partsOf = (path: string): string[] => path.split('\\').filter(Boolean);

/** The key below `root` at a path; case is ignored. */
export const findKey = (root: Key, path: readonly string[]): Key | null => {
  let key: Key | undefined = root;
  for (const part of path) key = key?.keys.get(part.toLowerCase());
  return key ?? null;
};

/** Makes what is missing of a path; gives its last key and the paths that were made, outer ones first. */
export const makeKey = (
  root: Key,
  path: readonly string[],
): { readonly key: Key; readonly made: readonly string[] } => {
  const made: string[] = [];
  const walked: string[] = [];
  let key = root;
  for (const part of path) {
    let child = key.keys.get(part.toLowerCase());
    if (child === undefined) {
      child = createKey(part);
      key.keys.set(part.toLowerCase(), child);
      made.push([...walked, part].join('\\'));
    }
    walked.push(child.name);
    key = child;
  }
  return { key, made };
};

export const setValue = (key: Key, name: string, value: RegistryData): void => {
  const known = key.values.get(name.toLowerCase());
  key.values.set(name.toLowerCase(), { name: known?.name ?? name, value });
};
