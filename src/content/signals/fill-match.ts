import type { Atomic } from '../../model/atomic.ts';
import type { Json } from '../../model/json.ts';
import { fillPlaceholders } from '../atomics/placeholders.ts';

const whole = /^#\{([^{}]+)\}$/;

/**
 * Puts inputs into the values of a `where`. A value that is nothing but one numeric input becomes a number; anything else
 * becomes text in which the input's own characters mean themselves, whatever the field's modifier makes of them.
 */
export const createMatchFiller = (atomic: Atomic, inputs: Readonly<Record<string, string>>) => {
  const numeric = new Set(
    atomic.inputs.filter(({ type }) => type === 'integer' || type === 'float').map(({ name }) => name),
  );
  const fillOne = (value: Json, escape: (text: string) => string): Json => {
    if (typeof value !== 'string') return value;
    const [, name] = whole.exec(value) ?? [];
    if (name !== undefined && numeric.has(name) && inputs[name] !== '') return Number(inputs[name]);
    return fillPlaceholders(value, mapValues(inputs, escape));
  };
  return (field: string, value: Json): Json => {
    const escape = escapeFor(field.split('|').slice(1));
    return Array.isArray(value)
      ? (value as readonly Json[]).map((one) => fillOne(one, escape))
      : fillOne(value, escape);
  };
};

const escapeFor = (modifiers: readonly string[]): ((text: string) => string) => {
  if (modifiers.includes('re')) return (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  if (modifiers.includes('cidr')) return (text) => text;
  return escapeSigma;
};

// Sigma: `*` and `?` are wildcards unless a backslash is before them. A backslash stands for itself before anything else,
// another backslash excepted; at the end of an input nobody knows what comes next.
const escapeSigma = (text: string): string => text.replace(/\\{2,}|\\(?=[*?]|$)/g, '$&$&').replace(/[*?]/g, '\\$&');

const mapValues = (record: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
