import { readDnsName } from './dns-name.ts';

/** IANA's registry of resource record types, as far as they are met. */
export const typeNames: ReadonlyMap<number, string> = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [10, 'NULL'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [33, 'SRV'],
  [35, 'NAPTR'],
  [41, 'OPT'],
  [43, 'DS'],
  [46, 'RRSIG'],
  [47, 'NSEC'],
  [48, 'DNSKEY'],
  [64, 'SVCB'],
  [65, 'HTTPS'],
  [252, 'AXFR'],
  [255, 'ANY'],
  [257, 'CAA'],
]);

/** A record's data as text. What does not fit its type is shown in hexadecimal rather than dropped. */
export const decodeDnsData = (view: DataView, type: number, start: number, length: number): string =>
  decodeKnown(view, type, start, length) ?? hexadecimal(view, start, length);

const decodeKnown = (view: DataView, type: number, start: number, length: number): string | null => {
  switch (typeNames.get(type) ?? '') {
    case 'A':
      return length === 4 ? bytesOf(view, start, 4).join('.') : null;
    case 'AAAA':
      return length === 16 ? ipv6(view, start) : null;
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return readDnsName(view, start)?.name ?? null;
    case 'MX': {
      const name = length > 2 ? readDnsName(view, start + 2) : null;
      return name === null ? null : `${view.getUint16(start)} ${name.name}`;
    }
    case 'SRV': {
      const name = length > 6 ? readDnsName(view, start + 6) : null;
      if (name === null) return null;
      return `${view.getUint16(start)} ${view.getUint16(start + 2)} ${view.getUint16(start + 4)} ${name.name}`;
    }
    case 'TXT':
      return text(view, start, length);
    default:
      return null;
  }
};

const bytesOf = (view: DataView, start: number, length: number): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + start, length);

const hexadecimal = (view: DataView, start: number, length: number): string =>
  Buffer.from(bytesOf(view, start, length)).toString('hex');

/** RFC 5952: the longest run of two or more zero groups becomes `::`. */
const ipv6 = (view: DataView, start: number): string => {
  const groups = Array.from({ length: 8 }, (_, index) => view.getUint16(start + 2 * index).toString(16));
  const zeros = [...groups.join(':').matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)].map((match) => match[0]);
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups.join(':');
  const [before = '', ...after] = splitOnce(groups.join(':'), longest);
  return `${before.replace(/:$/, '')}::${after.join('').replace(/^:/, '')}`;
};

const splitOnce = (whole: string, part: string): string[] => {
  const match = new RegExp(`(?<![0-9a-f])${part}(?![0-9a-f])`).exec(whole);
  return match === null ? [whole] : [whole.slice(0, match.index), whole.slice(match.index + part.length)];
};

/** RFC 1035 §3.3.14: strings of a length octet and its bytes; several are one text. */
const text = (view: DataView, start: number, length: number): string | null => {
  const parts: string[] = [];
  for (let offset = start; offset < start + length;) {
    const size = view.getUint8(offset);
    if (offset + 1 + size > start + length) return null;
    parts.push(Buffer.from(bytesOf(view, offset + 1, size)).toString('latin1'));
    offset += 1 + size;
  }
  return parts.join('');
};
