import type { LogScalar, LogValue } from '../../../model/log-event.ts';

type Fields = Readonly<Record<string, LogValue>>;

/** A field's value; undefined when the event has no such field. Sigma writes names without the spaces that a product may have. */
export const readField = (fields: Fields, name: string): LogValue | undefined => {
  if (Object.hasOwn(fields, name)) return fields[name];
  const plain = name.includes(' ') ? name.replaceAll(' ', '') : null;
  return plain !== null && Object.hasOwn(fields, plain) ? fields[plain] : undefined;
};

export const isList = (value: LogValue): value is readonly LogScalar[] => Array.isArray(value);

/** A value as text; null has none. */
export const textOf = (value: LogScalar): string | null => (value === null ? null : String(value));
