import type { ScriptBlockValue, Value } from '../values/value.ts';

/** Variables and functions by name. Reading looks outward through the callers (scoping is dynamic); writing stays here. */
export class Scope {
  readonly parent: Scope | null;
  readonly #variables = new Map<string, { value: Value }>();
  readonly #functions = new Map<string, { readonly name: string; readonly block: ScriptBlockValue }>();

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  get global(): Scope {
    return this.parent?.global ?? this;
  }

  get(name: string): Value | undefined {
    const own = this.#variables.get(name.toLowerCase());
    return own === undefined ? this.parent?.get(name) : own.value;
  }

  set(name: string, value: Value): void {
    const own = this.#variables.get(name.toLowerCase());
    if (own === undefined) this.#variables.set(name.toLowerCase(), { value });
    else own.value = value;
  }

  remove(name: string): void {
    this.#variables.delete(name.toLowerCase());
  }

  function(name: string): ScriptBlockValue | undefined {
    return this.#functions.get(name.toLowerCase())?.block ?? this.parent?.function(name);
  }

  defineFunction(name: string, block: ScriptBlockValue): void {
    this.#functions.set(name.toLowerCase(), { name, block });
  }
}
