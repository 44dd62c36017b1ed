import ipaddr from 'ipaddr.js';

/** A network: its first address and the number of leading bits that all of its addresses share. */
export interface Prefix {
  readonly text: string;
  readonly bytes: readonly number[];
  readonly bits: number;
}

/** `10.0.0.0/8`, `2001:db8::/32`; a bare address is a network of one. Null when it is neither. */
export const parsePrefix = (text: string): Prefix | null => {
  const [address = '', length, ...more] = text.split('/');
  if (more.length > 0 || !isAddress(address)) return null;
  const bytes = ipaddr.parse(address).toByteArray();
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return null;
  const bits = length === undefined ? bytes.length * 8 : Number(length);
  return bits > bytes.length * 8 ? null : { text, bytes, bits };
};

/** Whether a text is an address inside a network. An IPv4 address mapped into IPv6 counts as IPv4. */
export const isInside = (text: string, prefix: Prefix): boolean => {
  const bytes = text.includes(':') ? bytesOfIPv6(text) : bytesOfIPv4(text);
  if (bytes?.length !== prefix.bytes.length) return false;
  const whole = prefix.bits >> 3;
  for (let index = 0; index < whole; index++) if (bytes[index] !== prefix.bytes[index]) return false;
  const rest = prefix.bits & 7;
  if (rest === 0) return true;
  const mask = (0xff << (8 - rest)) & 0xff;
  return ((bytes[whole] ?? 0) & mask) === ((prefix.bytes[whole] ?? 0) & mask);
};

// The library also reads `10.1` and `0x7f.1`; logs do not mean addresses by these.
const isAddress = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) ? ipaddr.IPv4.isValid(text) : text.includes(':') && ipaddr.IPv6.isValid(text);

/** Four numbers with dots; written out because most comparisons of a log end here. */
const bytesOfIPv4 = (text: string): readonly number[] | null => {
  if (text.length < 7 || text.length > 15) return null;
  const bytes: number[] = [];
  let value = -1;
  for (let at = 0; at <= text.length; at++) {
    const code = at === text.length ? dot : text.charCodeAt(at);
    if (code === dot) {
      if (value < 0 || value > 255) return null;
      bytes.push(value);
      value = -1;
    } else if (code < zero || code > zero + 9) return null;
    else value = Math.max(value, 0) * 10 + code - zero;
  }
  return bytes.length === 4 ? bytes : null;
};

const dot = 46;
const zero = 48;

const bytesOfIPv6 = (text: string): readonly number[] | null =>
  text.length <= 45 && ipaddr.IPv6.isValid(text) ? ipaddr.process(text).toByteArray() : null;
