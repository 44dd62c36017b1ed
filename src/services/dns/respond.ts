import { parseDnsMessage, type DnsMessage } from '../../formats/dns.ts';
import { encodeDnsMessage, type DnsDraft } from '../../formats/dns-encode.ts';
import type { Zones } from './zones.ts';

/** What the server sends, and what its log says of it. */
export interface Response {
  /** Null: nothing is sent. */
  readonly bytes: Uint8Array | null;
  readonly log: QueryLogEntry;
}

export interface QueryLogEntry {
  /** Null when the request could not be read that far. */
  readonly id: number | null;
  readonly name: string | null;
  readonly type: string | null;
  /** The response's code, or `dropped`. */
  readonly outcome: string;
  readonly answers: number;
}

/** RFC 1035 §4.2.1: what a datagram may hold. */
export const datagramLimit = 512;

/** One request, one response. Any bytes may come: the worst that they get is no answer. */
export const respond = (request: Uint8Array, zones: Zones, limit: number): Response => {
  const message = parseDnsMessage(request);
  if (message === null) return malformed(request);
  // Two servers that answer each other's answers would never stop.
  if (message.isResponse) return { bytes: null, log: entry(message, 'dropped') };
  if (message.opcode !== 0) return refuse(message, 'NOTIMP');
  const [question] = message.questions;
  if (question === undefined || message.questions.length !== 1) return refuse(message, 'FORMERR');
  const { answers, ...found } = zones.answer(question);
  const draft: DnsDraft = { ...replyTo(message), ...found, answers };
  const whole = encodeDnsMessage(draft);
  if (whole === null) return refuse(message, 'FORMERR');
  const bytes = whole.length <= limit ? whole : encodeDnsMessage({ ...draft, answers: [], isTruncated: true });
  return { bytes, log: entry(message, found.responseCode, answers.length) };
};

const replyTo = ({ id, opcode, wantsRecursion, questions }: DnsMessage): DnsDraft => ({
  id,
  isResponse: true,
  opcode,
  wantsRecursion,
  offersRecursion: true,
  questions,
});

const refuse = (message: DnsMessage, responseCode: string): Response => ({
  bytes: encodeDnsMessage({ ...replyTo(message), questions: [], responseCode }),
  log: entry(message, responseCode),
});

/** Without a header nobody can be told; with one that is no response, the sender learns that we did not understand. */
const malformed = (request: Uint8Array): Response => {
  const [high = 0, low = 0, flags = 0x80] = request;
  const readable = request.length >= 12 && (flags & 0x80) === 0;
  const id = (high << 8) | low;
  return {
    bytes: readable ? encodeDnsMessage({ id, isResponse: true, responseCode: 'FORMERR', questions: [] }) : null,
    log: { id: readable ? id : null, name: null, type: null, outcome: readable ? 'FORMERR' : 'dropped', answers: 0 },
  };
};

const entry = ({ id, questions }: DnsMessage, outcome: string, answers = 0): QueryLogEntry => ({
  id,
  name: questions[0]?.name ?? null,
  type: questions[0]?.type ?? null,
  outcome,
  answers,
});
