import { NotImplemented } from '../../os/not-implemented.ts';
import type { ScriptBlock } from '../syntax/ast.ts';
import type { Extent } from '../syntax/extent.ts';

/**
 * What a script computes with. JavaScript's own types stand for .NET's most used ones: `number` is Int32 and always an integer,
 * `bigint` is Int64, an array is Object[]; the rest are classes.
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Numeric
  | Char
  | Value[]
  | Uint8Array
  | Dictionary
  | PsObject
  | ScriptBlockValue
  | TypeValue
  | DateTime
  | TimeSpan;

export type NumericType = 'double' | 'single' | 'decimal' | 'byte' | 'sbyte' | 'int16' | 'uint16' | 'uint32' | 'uint64';

/** A number of a type other than Int32 and Int64. */
export class Numeric {
  readonly type: NumericType;
  readonly value: number;

  constructor(type: NumericType, value: number) {
    this.type = type;
    this.value = value;
  }
}

export const double = (value: number): Numeric => new Numeric('double', value);

export class Char {
  /** One UTF-16 code unit. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Keys of hashtables ignore the case of strings. */
const keyOf = (key: Value): string => {
  if (typeof key === 'string') return `s:${key.toLowerCase()}`;
  if (key instanceof Char) return `c:${key.text}`;
  if (key instanceof Numeric) return `n:${key.value}`;
  if (typeof key === 'object' && key !== null) throw new NotImplemented('an object as the key of a hashtable');
  return `${typeof key}:${String(key)}`;
};

/** A hashtable; `ordered` ones list as written, which this one does either way. */
export class Dictionary {
  readonly ordered: boolean;
  readonly #entries = new Map<string, { readonly key: Value; value: Value }>();

  constructor(ordered: boolean, entries: Iterable<readonly [Value, Value]> = []) {
    this.ordered = ordered;
    for (const [key, value] of entries) this.set(key, value);
  }

  get(key: Value): Value {
    return this.#entries.get(keyOf(key))?.value ?? null;
  }

  has(key: Value): boolean {
    return this.#entries.has(keyOf(key));
  }

  set(key: Value, value: Value): void {
    const entry = this.#entries.get(keyOf(key));
    if (entry === undefined) this.#entries.set(keyOf(key), { key, value });
    else entry.value = value;
  }

  delete(key: Value): void {
    this.#entries.delete(keyOf(key));
  }

  clear(): void {
    this.#entries.clear();
  }

  get size(): number {
    return this.#entries.size;
  }

  entries(): (readonly [Value, Value])[] {
    return [...this.#entries.values()].map(({ key, value }) => [key, value]);
  }
}

/** An ArrayList or a List`1: an array that grows in place. What is made from it (`map`, `slice`) is a plain array. */
export class ListValue extends Array<Value> {
  readonly isGeneric: boolean;

  constructor(isGeneric: boolean, items: readonly Value[] = []) {
    super();
    this.isGeneric = isGeneric;
    this.push(...items);
  }

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** The text that a script block was cut from, for positions, messages and event 4104. */
export interface ScriptText {
  readonly text: string;
  /** Windows path of the file, or `''` for a command. */
  readonly path: string;
}

export class ScriptBlockValue {
  readonly ast: ScriptBlock;
  readonly script: ScriptText;
  /** What event 4104 shows: a function's text starts at its keyword. */
  readonly extent: Extent;

  constructor(ast: ScriptBlock, script: ScriptText, extent: Extent = ast.extent) {
    this.ast = ast;
    this.script = script;
    this.extent = extent;
  }

  get text(): string {
    return this.script.text.slice(this.extent.start, this.extent.end);
  }
}

export class TypeValue {
  /** .NET's full name: `System.String`. */
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export class DateTime {
  /** Milliseconds since the epoch; `kind` says how they are shown. */
  readonly milliseconds: number;
  readonly kind: 'local' | 'utc';

  constructor(milliseconds: number, kind: 'local' | 'utc' = 'local') {
    this.milliseconds = milliseconds;
    this.kind = kind;
  }
}

export class TimeSpan {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }
}

export type Method = (args: readonly Value[]) => Value | Promise<Value>;

export interface PsObjectOptions {
  readonly methods?: Readonly<Record<string, Method>>;
  /** What happens besides when a property is set, by lower-case name. */
  readonly onSet?: Readonly<Record<string, (value: Value) => void>>;
  /** What ToString() gives, where the type has its own. */
  readonly text?: string;
  /** Properties that the real type has and this one does not: reading one fails loudly. */
  readonly missing?: readonly string[];
}

/** Any other object: a type's name and its bases, and named properties in order. */
export class PsObject {
  /** Most derived first; the last ones may be left out. */
  readonly typeNames: readonly string[];
  readonly properties: Map<string, { readonly name: string; value: Value }>;
  readonly options: PsObjectOptions;

  constructor(
    typeNames: readonly string[],
    properties: Iterable<readonly [string, Value]>,
    options: PsObjectOptions = {},
  ) {
    this.typeNames = typeNames;
    this.properties = new Map([...properties].map(([name, value]) => [name.toLowerCase(), { name, value }]));
    this.options = options;
  }

  get(name: string): Value {
    return this.properties.get(name.toLowerCase())?.value ?? null;
  }

  set(name: string, value: Value): void {
    const property = this.properties.get(name.toLowerCase());
    if (property === undefined) this.properties.set(name.toLowerCase(), { name, value });
    else property.value = value;
  }

  entries(): (readonly [string, Value])[] {
    return [...this.properties.values()].map(({ name, value }) => [name, value]);
  }

  is(typeName: string): boolean {
    const wanted = typeName.toLowerCase();
    return this.typeNames.some((name) => name.toLowerCase() === wanted || name.toLowerCase().endsWith(`.${wanted}`));
  }
}

export const customObject = (entries: Iterable<readonly [string, Value]>): PsObject =>
  new PsObject(['System.Management.Automation.PSCustomObject'], entries);

export const isCustomObject = (value: Value): boolean =>
  value instanceof PsObject && value.is('System.Management.Automation.PSCustomObject');
