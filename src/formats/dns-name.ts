export interface DnsName {
  readonly name: string;
  /** Offset after the name where it stands; a compressed name ends with its pointer. */
  readonly end: number;
}

/** RFC 1035 §2.3.4: 255 octets, so 127 labels at most. */
const maxLength = 255;

/** Reads a name, following compression pointers (§4.1.4). Null when it leaves the message, is too long, or loops. */
export const readDnsName = (view: DataView, start: number): DnsName | null => {
  const labels: string[] = [];
  let offset = start;
  let end = -1;
  let length = 0;
  for (;;) {
    if (offset >= view.byteLength) return null;
    const size = view.getUint8(offset);
    if (size === 0) return { name: labels.length === 0 ? '.' : labels.join('.'), end: end < 0 ? offset + 1 : end };
    if (size >= 0xc0) {
      if (offset + 2 > view.byteLength) return null;
      if (end < 0) end = offset + 2;
      const target = view.getUint16(offset) & 0x3fff;
      // A pointer may only lead back, so following it always ends.
      if (target >= offset) return null;
      offset = target;
      continue;
    }
    length += size + 1;
    if (size > 63 || length >= maxLength || offset + 1 + size > view.byteLength) return null;
    labels.push(label(view, offset + 1, size));
    offset += size + 1;
  }
};

/** RFC 4343 §2.1: dots, backslashes and what is not printable ASCII are escaped, so that a label cannot pass for two. */
const label = (view: DataView, start: number, length: number): string => {
  let text = '';
  for (let index = start; index < start + length; index++) {
    const code = view.getUint8(index);
    if (code === 0x2e || code === 0x5c) text += `\\${String.fromCharCode(code)}`;
    else if (code > 0x20 && code < 0x7f) text += String.fromCharCode(code);
    else text += `\\${String(code).padStart(3, '0')}`;
  }
  return text;
};
