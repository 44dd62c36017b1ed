import { decodeDnsData, typeNames } from './dns-data.ts';
import { readDnsName } from './dns-name.ts';

/** RFC 1035 §4 and its successors: what a packet on port 53 says. */
export interface DnsMessage {
  readonly id: number;
  readonly isResponse: boolean;
  readonly opcode: number;
  readonly isAuthoritative: boolean;
  /** The asker wants the whole answer (RD). */
  readonly wantsRecursion: boolean;
  /** The sender shortened it (TC): the asker will ask again over TCP. */
  readonly isTruncated: boolean;
  /** `NOERROR`, `NXDOMAIN` …; `RCODE<n>` for what has no name. */
  readonly responseCode: string;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsAnswer[];
}

export interface DnsQuestion {
  /** Without the final dot; the root is `.`. */
  readonly name: string;
  /** `A`, `AAAA` …; `TYPE<n>` for what has no name. */
  readonly type: string;
}

export interface DnsAnswer extends DnsQuestion {
  readonly ttl: number;
  /** As `dig` shows it: an address, a name, text. Hexadecimal for types that are not known here. */
  readonly data: string;
}

/** By number. */
export const responseCodes: readonly string[] = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
  'YXDOMAIN',
  'YXRRSET',
  'NXRRSET',
  'NOTAUTH',
  'NOTZONE',
];

const headerLength = 12;

/** Null when the bytes are not one whole message; a hostile message never throws and never loops. */
export const parseDnsMessage = (bytes: Uint8Array): DnsMessage | null => {
  if (bytes.length < headerLength) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint16(2);
  const questions = readQuestions(view, view.getUint16(4));
  if (questions === null) return null;
  const answers = readAnswers(view, questions.end, view.getUint16(6));
  if (answers === null) return null;
  const code = flags & 0x0f;
  return {
    id: view.getUint16(0),
    isResponse: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 0x0f,
    isAuthoritative: (flags & 0x0400) !== 0,
    wantsRecursion: (flags & 0x0100) !== 0,
    isTruncated: (flags & 0x0200) !== 0,
    responseCode: responseCodes[code] ?? `RCODE${code}`,
    questions: questions.items,
    answers: answers.items,
  };
};

interface Section<T> {
  readonly items: readonly T[];
  readonly end: number;
}

const readQuestions = (view: DataView, count: number): Section<DnsQuestion> | null => {
  const items: DnsQuestion[] = [];
  let offset = headerLength;
  for (let index = 0; index < count; index++) {
    const name = readDnsName(view, offset);
    if (name === null || name.end + 4 > view.byteLength) return null;
    items.push({ name: name.name, type: typeName(view.getUint16(name.end)) });
    offset = name.end + 4;
  }
  return { items, end: offset };
};

const readAnswers = (view: DataView, start: number, count: number): Section<DnsAnswer> | null => {
  const items: DnsAnswer[] = [];
  let offset = start;
  for (let index = 0; index < count; index++) {
    const name = readDnsName(view, offset);
    if (name === null || name.end + 10 > view.byteLength) return null;
    const data = name.end + 10;
    const length = view.getUint16(name.end + 8);
    if (data + length > view.byteLength) return null;
    const type = view.getUint16(name.end);
    items.push({
      name: name.name,
      type: typeName(type),
      ttl: view.getUint32(name.end + 4),
      data: decodeDnsData(view, type, data, length),
    });
    offset = data + length;
  }
  return { items, end: offset };
};

const typeName = (type: number): string => typeNames.get(type) ?? `TYPE${type}`;
