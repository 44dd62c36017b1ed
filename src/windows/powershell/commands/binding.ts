import { toText } from '../values/text.ts';
import type { Value } from '../values/value.ts';

/** Arguments of a command after evaluation, in order. */
export type Argument =
  | {
      readonly kind: 'value';
      readonly value: Value;
      readonly text: string;
      /** `a,b` as written: one word to a program. */ readonly isList?: boolean;
    }
  | { readonly kind: 'parameter'; readonly name: string; readonly value: Value | undefined; readonly text: string };

export interface ParameterSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** A switch takes no value of its own: `-UseBasicParsing`. */
  readonly isSwitch?: boolean;
  /** Where it stands among arguments without names; absent when it must be named. */
  readonly position?: number;
  /** Takes all that is left. */
  readonly takesRest?: boolean;
  /** Known and without effect on what this implementation does would be a lie: naming one fails loudly. */
  readonly unsupported?: boolean;
}

export interface BoundArguments {
  /** By lower-case name. */
  readonly named: ReadonlyMap<string, Value>;
  /** Arguments that no parameter took. */
  readonly rest: readonly Value[];
}

export type Binding =
  | { readonly ok: true; readonly bound: BoundArguments }
  | { readonly ok: false; readonly id: string; readonly message: string };

export const commonParameters: readonly ParameterSpec[] = [
  { name: 'ErrorAction', aliases: ['ea'] },
  { name: 'WarningAction', aliases: ['wa'] },
  { name: 'InformationAction', aliases: ['infa'] },
  { name: 'ErrorVariable', aliases: ['ev'] },
  { name: 'WarningVariable', aliases: ['wv'], unsupported: true },
  { name: 'OutVariable', aliases: ['ov'], unsupported: true },
  { name: 'PipelineVariable', aliases: ['pv'], unsupported: true },
  { name: 'OutBuffer', aliases: ['ob'] },
  { name: 'Verbose', aliases: ['vb'], isSwitch: true },
  { name: 'Debug', aliases: ['db'], isSwitch: true },
];

const failure = (id: string, message: string): Binding => ({ ok: false, id, message });

/** A parameter by its name, an alias or an unambiguous beginning of either; else the ones that it may mean. */
export const findParameter = (
  name: string,
  specs: readonly ParameterSpec[],
): ParameterSpec | readonly ParameterSpec[] => {
  const wanted = name.toLowerCase();
  const names = (spec: ParameterSpec): string[] =>
    [spec.name, ...(spec.aliases ?? [])].map((text) => text.toLowerCase());
  const exact = specs.find((spec) => names(spec).includes(wanted));
  if (exact !== undefined) return exact;
  const own = specs.filter((spec) => spec.name.toLowerCase().startsWith(wanted));
  // A command's own parameter wins over a common one with the same beginning.
  const first = own.filter((spec) => !commonParameters.includes(spec));
  const found = first.length > 0 ? first : own;
  return found.length === 1 && found[0] !== undefined ? found[0] : found;
};

/** Gives each argument to the parameter it is for. */
export const bindArguments = (
  args: readonly Argument[],
  specs: readonly ParameterSpec[],
  keepsUnknown: boolean,
): Binding => {
  const named = new Map<string, Value>();
  const rest: Value[] = [];
  const unnamed: Value[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg === undefined) continue;
    if (arg.kind === 'value') {
      unnamed.push(arg.value);
      continue;
    }
    const spec = findParameter(arg.name, specs);
    if ('length' in spec) {
      if (spec.length > 1) {
        const matches = spec.map(({ name }) => `-${name}`).join(' ');
        return failure(
          'AmbiguousParameter',
          `Parameter cannot be processed because the parameter name '${arg.name}' is ambiguous. Possible matches include: ${matches}.`,
        );
      }
      if (!keepsUnknown)
        return failure(
          'NamedParameterNotFound',
          `A parameter cannot be found that matches parameter name '${arg.name}'.`,
        );
      rest.push(arg.text);
      continue;
    }
    const key = spec.name.toLowerCase();
    if (named.has(key)) {
      return failure(
        'ParameterAlreadyBound',
        `Cannot bind parameter because parameter '${spec.name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, "-parameter value1,value2,value3".`,
      );
    }
    if (spec.isSwitch === true || arg.value !== undefined) {
      named.set(key, arg.value ?? true);
      continue;
    }
    const next = args[index + 1];
    if (next?.kind !== 'value')
      return failure(
        'MissingArgument',
        `Missing an argument for parameter '${spec.name}'. Specify a parameter of type 'System.Object' and try again.`,
      );
    named.set(key, next.value);
    index++;
  }
  return bindUnnamed(unnamed, specs, named, rest, keepsUnknown);
};

const bindUnnamed = (
  unnamed: readonly Value[],
  specs: readonly ParameterSpec[],
  named: Map<string, Value>,
  rest: Value[],
  keepsUnknown: boolean,
): Binding => {
  const free = specs
    .filter(({ name, position }) => position !== undefined && !named.has(name.toLowerCase()))
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  const left = [...unnamed];
  for (const { name, takesRest } of free) {
    if (left.length === 0) break;
    named.set(name.toLowerCase(), takesRest === true && left.length > 1 ? left.splice(0) : (left.shift() ?? null));
  }
  if (left.length > 0 && !keepsUnknown) {
    return failure(
      'PositionalParameterNotFound',
      `A positional parameter cannot be found that accepts argument '${toText(left[0] ?? null)}'.`,
    );
  }
  return { ok: true, bound: { named, rest: [...rest, ...left] } };
};
