import type { Session } from '../engine/session.ts';
import { createTcpClient } from '../net/tcp-client.ts';
import { createWebClient } from '../net/web-client.ts';
import { customObject, type Value } from '../values/value.ts';

export type Constructor = (args: readonly Value[], session: Session) => Value | Promise<Value>;

/** What `New-Object` and `::new` make, by lower-case name of the type without `system.`. */
const constructors: Readonly<Record<string, Constructor>> = {
  object: () => customObject([]),
  'management.automation.psobject': () => customObject([]),
  'management.automation.pscustomobject': () => customObject([]),
  'net.webclient': (_, session) => createWebClient(session),
  'net.sockets.tcpclient': (args, session) => createTcpClient(session.machine.tcp(), args),
};

/** Null for a type that this persona cannot make. */
export const constructorOf = (type: string): Constructor | null => {
  const name = type.toLowerCase().replace(/^system\./, '');
  return (Object.hasOwn(constructors, name) ? constructors[name] : undefined) ?? null;
};

export const isConstructible = (type: string): boolean => constructorOf(type) !== null;
