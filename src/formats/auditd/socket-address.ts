import type { AuditField } from './parse-fields.ts';

const families = { unix: 1, inet: 2, inet6: 10 } as const;

/** The parts of a `sockaddr` in hexadecimal, named as auditd itself names them; none when it is of another family. */
export const decodeSocketAddress = (hex: string): readonly AuditField[] => {
  if (!/^(?:[0-9A-F]{2}){4,}$/i.test(hex)) return [];
  const bytes = Buffer.from(hex, 'hex');
  switch (bytes.readUInt16LE(0)) {
    case families.inet:
      return bytes.length < 8 ? [] : network('inet', [...bytes.subarray(4, 8)].join('.'), bytes);
    case families.inet6:
      return bytes.length < 24 ? [] : network('inet6', ipv6Text(bytes.subarray(8, 24)), bytes);
    case families.unix:
      return [
        ['saddr_fam', 'local'],
        ['path', unixPath(bytes.subarray(2))],
      ];
    default:
      return [];
  }
};

const network = (family: string, address: string, bytes: Buffer): readonly AuditField[] => [
  ['saddr_fam', family],
  ['laddr', address],
  ['lport', String(bytes.readUInt16BE(2))],
];

/** An abstract name begins with a zero, which tools show as @. */
const unixPath = (bytes: Buffer): string => {
  const text = bytes.toString('utf8').replace(/\0+$/, '');
  return text.startsWith('\0') ? `@${text.slice(1)}` : (text.split('\0')[0] ?? '');
};

/** RFC 5952, by the parser of URLs. */
const ipv6Text = (bytes: Buffer): string => {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
};
