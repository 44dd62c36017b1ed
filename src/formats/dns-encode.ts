import { isIPv4, isIPv6 } from 'node:net';
import { responseCodes, type DnsAnswer, type DnsQuestion } from './dns.ts';
import { typeNames } from './dns-data.ts';

/** What `encodeDnsMessage` writes: `parseDnsMessage` reads it back. */
export interface DnsDraft {
  readonly id: number;
  readonly isResponse: boolean;
  readonly opcode?: number;
  readonly isAuthoritative?: boolean;
  readonly isTruncated?: boolean;
  readonly wantsRecursion?: boolean;
  readonly offersRecursion?: boolean;
  readonly responseCode?: string;
  readonly questions: readonly DnsQuestion[];
  readonly answers?: readonly DnsAnswer[];
}

const typeNumbers = new Map([...typeNames].map(([number, name]) => [name, number]));

const internetClass = 1;

/** RFC 1035 §4, without compression. Null when a name, a type or data cannot be written: the caller was given them by others. */
export const encodeDnsMessage = (draft: DnsDraft): Uint8Array | null => {
  const answers = draft.answers ?? [];
  const parts = [
    words(draft.id, flagsOf(draft), draft.questions.length, answers.length, 0, 0),
    ...draft.questions.flatMap(({ name, type }) => [encodeDnsName(name), typeAndClass(type)]),
    ...answers.flatMap((answer) => {
      const data = encodeDnsData(answer.type, answer.data);
      return [
        encodeDnsName(answer.name),
        typeAndClass(answer.type),
        words(answer.ttl >>> 16, answer.ttl & 0xffff, data?.length ?? 0),
        data,
      ];
    }),
  ];
  const whole = parts.filter((part) => part !== null);
  return whole.length === parts.length ? Buffer.concat(whole) : null;
};

/** Reads `\.`, `\\` and `\DDD` as RFC 1035 §5.1 writes them; null for a name that no message can hold. */
export const encodeDnsName = (name: string): Uint8Array | null => {
  const labels: number[][] = [[]];
  // The dot of the root, unless it is an escaped one and part of the last label.
  const relative = name.replace(/(?<!\\)((?:\\\\)*)\.$/, '$1');
  for (const [piece = ''] of relative.matchAll(/\\\d{3}|\\.|[^\\]/gsu)) {
    if (piece === '.') labels.push([]);
    else labels.at(-1)?.push(octetOf(piece));
  }
  if (name === '.' || name === '') return Uint8Array.of(0);
  const bytes = [...labels.flatMap((label) => [label.length, ...label]), 0];
  const fits = labels.every(({ length }) => length > 0 && length < 64) && bytes.length <= 255;
  return fits && bytes.every((byte) => byte >= 0 && byte <= 255) ? Uint8Array.from(bytes) : null;
};

/** The data of the types that people write into zones, in the form that `decodeDnsData` shows. */
export const encodeDnsData = (type: string, text: string): Uint8Array | null => {
  switch (type) {
    case 'A':
      return isIPv4(text) ? Uint8Array.from(text.split('.').map(Number)) : null;
    case 'AAAA':
      return isIPv6(text) ? encodeIPv6(text) : null;
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return encodeDnsName(text);
    case 'MX': {
      const [, preference = '', name = ''] = /^(\d{1,5}) (\S+)$/.exec(text) ?? [];
      const encoded = name === '' || Number(preference) > 0xffff ? null : encodeDnsName(name);
      return encoded === null ? null : Buffer.concat([words(Number(preference)), encoded]);
    }
    case 'TXT':
      return encodeText(Buffer.from(text, 'latin1'));
    default:
      return null;
  }
};

const flagsOf = (draft: DnsDraft): number =>
  (draft.isResponse ? 0x8000 : 0) |
  ((draft.opcode ?? 0) << 11) |
  (draft.isAuthoritative === true ? 0x0400 : 0) |
  (draft.isTruncated === true ? 0x0200 : 0) |
  (draft.wantsRecursion === true ? 0x0100 : 0) |
  (draft.offersRecursion === true ? 0x0080 : 0) |
  Math.max(0, responseCodes.indexOf(draft.responseCode ?? 'NOERROR'));

const typeAndClass = (type: string): Uint8Array | null => {
  const number = typeNumbers.get(type) ?? Number(/^TYPE(\d{1,5})$/.exec(type)?.[1] ?? NaN);
  return number <= 0xffff ? words(number, internetClass) : null;
};

const words = (...values: readonly number[]): Uint8Array => {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => bytes.writeUInt16BE(value, 2 * index));
  return bytes;
};

const octetOf = (piece: string): number => {
  if (piece.length === 4) return Number(piece.slice(1));
  const code = (piece.startsWith('\\') ? piece.slice(1) : piece).codePointAt(0) ?? 0;
  // Names that are not ASCII travel as punycode; whoever asks writes them so.
  return code < 128 ? code : 256;
};

const encodeIPv6 = (text: string): Uint8Array | null => {
  const [head = '', tail] = text.split('::');
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? parseInt(group, 16) : NaN));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all =
    tail === undefined ? before : [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  // An embedded IPv4 address or a zone id has no place in a record.
  return all.length === 8 && all.every((group) => !Number.isNaN(group)) ? words(...all) : null;
};

const encodeText = (bytes: Buffer): Uint8Array => {
  const pieces: Uint8Array[] = bytes.length === 0 ? [Uint8Array.of(0)] : [];
  for (let at = 0; at < bytes.length; at += 255) {
    const piece = bytes.subarray(at, at + 255);
    pieces.push(Uint8Array.of(piece.length), piece);
  }
  return Buffer.concat(pieces);
};
