import type { Atomic, InputArgument } from '../../model/atomic.ts';
import type { Json } from '../../model/json.ts';
import { fillPlaceholders, placeholdersOf } from './placeholders.ts';

/** Why an input has no usable value. The caller knows where it was written. */
export interface InputProblem {
  readonly input: string;
  readonly kind: 'unknown' | 'circular' | 'wrong-type';
  readonly value: string;
  /** The type that the atomic declares; null for an unknown input. */
  readonly type: string | null;
}

export interface ResolvedInputs {
  /** Every input of the atomic by name: overrides, then defaults, with inputs inside inputs put in. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly problems: readonly InputProblem[];
}

/** Inputs of one run of an atomic. A null default is the empty text, as Invoke-AtomicTest has it. */
export const resolveInputs = (atomic: Atomic, overrides: Readonly<Record<string, string>>): ResolvedInputs => {
  const given = atomic.inputs.map((input) => [input.name, overrides[input.name] ?? textOf(input.default)] as const);
  const raw = Object.fromEntries(given);
  const inputs = Object.fromEntries(given.map(([name, value]) => [name, fillPlaceholders(value, raw)]));
  const unknown = Object.entries(overrides).filter(([name]) => !Object.hasOwn(inputs, name));
  return {
    inputs,
    problems: [
      ...unknown.map(([input, value]) => ({ input, kind: 'unknown' as const, value, type: null })),
      ...atomic.inputs.flatMap((input) => problemOf(input, inputs[input.name] ?? '', raw)),
    ],
  };
};

const problemOf = (input: InputArgument, value: string, raw: Readonly<Record<string, string>>): InputProblem[] => {
  const found = { input: input.name, value, type: input.type };
  if (placeholdersOf(value).some((name) => Object.hasOwn(raw, name))) return [{ ...found, kind: 'circular' }];
  if (value === '' || !(input.type in numeric)) return [];
  return numeric[input.type]?.(Number(value)) === true ? [] : [{ ...found, kind: 'wrong-type' }];
};

const numeric: Readonly<Record<string, (value: number) => boolean>> = { integer: Number.isInteger, float: Number.isFinite };

const textOf = (value: Json): string => (value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
