import type { Session } from '../engine/session.ts';
import { createTcpClient } from '../net/tcp-client.ts';
import { createHttpClient } from '../net/http-client.ts';
import { createWebClient } from '../net/web-client.ts';
import { asList } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { customObject, Dictionary, ListValue, type Value } from '../values/value.ts';
import { createRandom, createStringBuilder, createUri } from './collections.ts';
import { encodingObject } from './encodings.ts';
import { createCredential, createNetworkCredential, secureString } from './secure-string.ts';
import { createPrincipal } from './security-classes.ts';
import { createCompressionStream, createMemoryStream, createStreamReader, createStreamWriter } from './streams.ts';

export type Constructor = (args: readonly Value[], session: Session) => Value | Promise<Value>;

/** What `New-Object` and `::new` make, by lower-case name of the type without `system.`. */
const constructors: Readonly<Record<string, Constructor>> = {
  object: () => customObject([]),
  'management.automation.psobject': () => customObject([]),
  'management.automation.pscustomobject': () => customObject([]),
  'management.automation.pscredential': createCredential,
  pscredential: createCredential,
  'net.networkcredential': createNetworkCredential,
  'security.securestring': () => secureString(''),
  'security.principal.windowsprincipal': createPrincipal,
  'collections.arraylist': ([items]) => new ListValue(false, asList(items ?? null)),
  'collections.hashtable': () => new Dictionary(false),
  'collections.specialized.ordereddictionary': () => new Dictionary(true),
  'text.stringbuilder': createStringBuilder,
  'text.utf8encoding': () => encodingObject('utf8'),
  'text.asciiencoding': () => encodingObject('ascii'),
  'text.unicodeencoding': () => encodingObject('utf16le'),
  'io.memorystream': createMemoryStream,
  'io.compression.gzipstream': createCompressionStream('gzip'),
  'io.compression.deflatestream': createCompressionStream('deflate'),
  'io.streamreader': createStreamReader,
  'io.streamwriter': createStreamWriter,
  random: (_, { machine }) => createRandom(machine.random),
  uri: ([text]) => createUri(toText(text ?? null)),
  'net.http.httpclient': (_, session) => createHttpClient(session),
  'net.webclient': (_, session) => createWebClient(session),
  'net.sockets.tcpclient': (args, session) => createTcpClient(session.machine.tcp(), args),
};

const toNumber = (value: Value | undefined): number => Number(coerceNumber(value ?? null)?.value ?? 0);

/** An array of so many zeros, or nothings. */
const emptyArray = (type: string, length: number): Value => {
  if (type.startsWith('byte')) return new Uint8Array(length);
  return Array.from({ length }, () => (type.startsWith('int') ? 0 : null));
};

/** Null for a type that this persona cannot make. */
export const constructorOf = (type: string): Constructor | null => {
  const name = type.toLowerCase().replace(/^system\./, '');
  if (/^collections\.generic\.list\[/.test(name)) return ([items]) => new ListValue(true, asList(items ?? null));
  if (/^collections\.generic\.dictionary\[string/.test(name)) return () => new Dictionary(false);
  if (/^(byte|object|string|char|int32|int)\[\]$/.test(name)) return ([length]) => emptyArray(name, toNumber(length));
  return (Object.hasOwn(constructors, name) ? constructors[name] : undefined) ?? null;
};

export const isConstructible = (type: string): boolean => constructorOf(type) !== null;
