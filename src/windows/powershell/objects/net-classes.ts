import type { Value } from '../values/value.ts';
import type { StaticMembers } from './statics.ts';

/** A setting of .NET that scripts set: it is kept for as long as the process lives. Requests here use TLS 1.2 and 1.3 whatever it says. */
const settings = (initial: Readonly<Record<string, Value>>): StaticMembers => {
  const values = new Map(Object.entries(initial));
  return {
    properties: Object.fromEntries(Object.keys(initial).map((name) => [name, () => values.get(name) ?? null])),
    setters: Object.fromEntries(
      Object.keys(initial).map((name) => [name, (value: Value): void => void values.set(name, value)]),
    ),
  };
};

export const servicePointMembers = settings({
  securityprotocol: 'SystemDefault',
  expect100continue: true,
  defaultconnectionlimit: 2,
  servercertificatevalidationcallback: null,
});

export const enumeration = (...names: readonly string[]): StaticMembers => ({
  properties: Object.fromEntries(names.map((name) => [name.toLowerCase(), () => name])),
});
