/** Prefixes of variables that belong to the harness: children inherit them, nothing in the host lists them. */
const harnessVariables = /^(TOCSIN_|LD_|FAKETIME|NODE_)/i;

/** Environment variables, whose names ignore case on Windows. */
export class WindowsEnvironment {
  readonly #variables: Map<string, { readonly name: string; readonly value: string }>;

  constructor(variables: Readonly<Record<string, string | undefined>>) {
    this.#variables = new Map();
    for (const [name, value] of Object.entries(variables)) if (value !== undefined) this.set(name, value);
  }

  get(name: string): string | undefined {
    return this.#variables.get(name.toUpperCase())?.value;
  }

  /** An empty value removes the variable, as SetEnvironmentVariable's callers do. */
  set(name: string, value: string): void {
    const key = name.toUpperCase();
    if (value === '') this.#variables.delete(key);
    // The first spelling of a name stays.
    else this.#variables.set(key, { name: this.#variables.get(key)?.name ?? name, value });
  }

  /** What a program of the host may see, sorted as Windows sorts its environment block. */
  visible(): readonly (readonly [string, string])[] {
    return [...this.#variables.entries()]
      .filter(([key]) => !harnessVariables.test(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { name, value }]) => [name, value]);
  }

  /** What a child process inherits. */
  inherited(): Record<string, string> {
    return Object.fromEntries([...this.#variables.values()].map(({ name, value }) => [name, value]));
  }

  copy(): WindowsEnvironment {
    return new WindowsEnvironment(this.inherited());
  }
}
