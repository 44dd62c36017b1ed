import type { HuntItem } from '../../model/hunt.ts';

/** `CommandLine|contains: …`, with the event's own value. */
export const itemText = ({ key, value }: HuntItem): string => {
  const name = key === '' ? 'keywords' : key;
  if (value === undefined) return name;
  return `${name}: ${Array.isArray(value) ? JSON.stringify(value) : String(value)}`;
};
