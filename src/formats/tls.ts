/** RFC 8446 §4.1.2 and RFC 6066 §3: the first thing a client says, in any number of records. */
export type ClientHello =
  /** More octets are needed to tell. */
  | 'more'
  /** It is none. */
  | null
  /** The name is null when the client gives none, or hides it. */
  | { readonly serverName: string | null };

const handshakeRecord = 22;
const clientHello = 1;
const serverNameExtension = 0;

/** Reads the beginning of what a client sends. Never throws. */
export const parseClientHello = (bytes: Uint8Array): ClientHello => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  /** Type and length of the handshake message. */
  const head: number[] = [];
  let gathered = 0;
  let wanted = 4;
  for (let offset = 0; gathered < wanted;) {
    if (offset < bytes.length && view.getUint8(offset) !== handshakeRecord) return null;
    if (offset + 1 < bytes.length && view.getUint8(offset + 1) !== 3) return null;
    if (offset + 5 > bytes.length) return 'more';
    const length = view.getUint16(offset + 3);
    if (length === 0) return null;
    const part = bytes.subarray(offset + 5, offset + 5 + length);
    parts.push(part);
    gathered += part.length;
    if (head.length < 4) head.push(...part.subarray(0, 4 - head.length));
    const [type, high = 0, middle = 0, low = 0] = head;
    if (type !== undefined && type !== clientHello) return null;
    if (gathered >= 4) wanted = 4 + (high << 16) + (middle << 8) + low;
    if (part.length < length && gathered < wanted) return 'more';
    offset += 5 + length;
  }
  return { serverName: readServerName(Buffer.concat(parts).subarray(4, wanted)) };
};

const readServerName = (hello: Buffer): string | null => {
  // Version and random; then session id, cipher suites and compression methods, each after its length.
  let offset = 34;
  for (const lengthOctets of [1, 2, 1]) {
    if (offset + lengthOctets > hello.length) return null;
    offset += lengthOctets + hello.readUIntBE(offset, lengthOctets);
  }
  for (offset += 2; offset + 4 <= hello.length;) {
    const type = hello.readUInt16BE(offset);
    const length = hello.readUInt16BE(offset + 2);
    if (type === serverNameExtension) return readHostName(hello.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return null;
};

/** The list holds one name, of type 0. */
const readHostName = (list: Buffer): string | null => {
  if (list.length < 5 || list[2] !== 0) return null;
  const length = list.readUInt16BE(3);
  if (length === 0 || list.length < 5 + length) return null;
  const name = list.toString('latin1', 5, 5 + length);
  return /^[\x21-\x7e]+$/.test(name) ? name.toLowerCase() : null;
};
