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
  // Most values are no addresses: this spares them the parser.
  if (text.length < 2 || text.length > 45 || !isAddress(text)) return false;
  const bytes = ipaddr.process(text).toByteArray();
  if (bytes.length !== prefix.bytes.length) return false;
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
