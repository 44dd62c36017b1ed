import { parseDnsMessage, type DnsMessage, type DnsQuestion } from '../../formats/dns.ts';
import type { TracedCall } from '../../formats/strace/join-calls.ts';
import { readPayloads } from '../../formats/strace/payloads.ts';
import type { Endpoint } from '../../formats/strace/socket-address.ts';
import type { LossCounter } from '../loss-counter.ts';
import { destinationColumns, networkColumns, sourceColumns } from './addresses.ts';
import { addRawLine, type Draft, type EventWriter } from './event-writer.ts';
import { endOf, startOf } from './moment.ts';
import { answeredDns } from './ocsf.ts';
import type { Socket } from './socket.ts';
import type { TracedProcess } from './traced-process.ts';

export interface DnsExchange {
  onSend(process: TracedProcess, call: TracedCall, socket: Socket): void;
  onReceive(process: TracedProcess, call: TracedCall, socket: Socket): void;
  /** The name for which the process, or an ancestor in the same step, got this address. */
  find(process: TracedProcess, ip: string): string | undefined;
}

const dnsPort = 53;

/** Reads questions and answers out of what processes send to and get from port 53. */
export const createDnsExchange = (writer: EventWriter, losses: LossCounter): DnsExchange => {
  const open = new Map<string, Draft | null>();

  const onSend = (process: TracedProcess, call: TracedCall, socket: Socket): void => {
    for (const { bytes, peer } of packets(call, socket, socket.stream, 'sent', losses)) {
      const message = decode(bytes, call, losses);
      if (message === null || message.isResponse || message.opcode !== 0) continue;
      for (const question of message.questions) ask(process, call, socket, peer, message, question);
    }
  };

  const ask = (
    process: TracedProcess,
    call: TracedCall,
    socket: Socket,
    peer: Endpoint,
    message: DnsMessage,
    question: DnsQuestion,
  ): void => {
    const key = keyOf(process, message, question);
    // The same question with the same id: the resolver asks again, perhaps another server.
    if (open.has(key)) return;
    const draft = writer.write(process, 'dns-query', startOf(call), {
      ...networkColumns(socket.protocol, peer),
      ...destinationColumns(peer),
      ...sourceColumns(socket.local),
      'network.direction': 'egress',
      'dns.question.name': question.name,
      'dns.question.type': question.type,
      'event.outcome': 'unknown',
      'event.reason': 'no-answer',
      ...socket.cause,
    });
    open.set(key, draft);
  };

  const onReceive = (process: TracedProcess, call: TracedCall, socket: Socket): void => {
    for (const { bytes } of packets(call, socket, socket.stream, 'received', losses)) {
      const message = decode(bytes, call, losses);
      if (message === null || !message.isResponse) continue;
      for (const question of message.questions) answer(process, call, message, question);
    }
  };

  const answer = (process: TracedProcess, call: TracedCall, message: DnsMessage, question: DnsQuestion): void => {
    const key = keyOf(process, message, question);
    const draft = open.get(key);
    if (draft === undefined) losses.add('unlinked', 'DNS answers whose question was not seen', question.name);
    // It is asked again over TCP; that answer replaces this one where it is seen.
    if (!message.isTruncated) open.delete(key);
    for (const { type, data } of message.answers)
      if (type === 'A' || type === 'AAAA') process.names.set(data, question.name);
    if (draft == null) return;
    const { event } = draft;
    event['dns.response_code'] = message.responseCode;
    event['dns.answers'] = JSON.stringify(message.answers.map(({ type, data }) => ({ type, data })));
    event['event.outcome'] = message.responseCode === 'NOERROR' ? 'success' : 'failure';
    event['event.reason'] = message.responseCode === 'NOERROR' ? undefined : message.responseCode;
    event['event.end'] = writer.drill(call.endMicros);
    Object.assign(event, answeredDns);
    addRawLine(draft, endOf(call).line);
  };

  const find = (process: TracedProcess, ip: string): string | undefined => {
    for (let asker: TracedProcess | null = process; asker !== null; asker = asker.parent) {
      if (asker.lineage !== process.lineage) return undefined;
      const name = asker.names.get(ip);
      if (name !== undefined) return name;
    }
    return undefined;
  };

  return { onSend, onReceive, find };
};

/** DNS over TCP has an id of its own per connection, but a process does not reuse one while it waits. */
const keyOf = (process: TracedProcess, message: DnsMessage, question: DnsQuestion): string =>
  `${process.entityId} ${message.id} ${question.type} ${question.name.toLowerCase()}`;

const decode = (bytes: Uint8Array, call: TracedCall, losses: LossCounter): DnsMessage | null => {
  const message = parseDnsMessage(bytes);
  if (message === null) losses.add('unparsed', 'packets on port 53 that are no DNS message', `line ${call.startLine}`);
  return message;
};

interface Packet {
  readonly bytes: Uint8Array;
  readonly peer: Endpoint;
}

const packets = (
  call: TracedCall,
  socket: Socket,
  stream: Socket['stream'],
  direction: keyof Socket['stream'],
  losses: LossCounter,
): readonly Packet[] => {
  const found: Packet[] = [];
  for (const { bytes, address, cut } of readPayloads(call)) {
    const peer = address ?? socket.peer;
    if (peer?.port !== dnsPort) continue;
    if (cut) losses.add('truncated', 'packets on port 53 that the trace cut short', `line ${call.startLine}`);
    else if (socket.protocol === 'udp') found.push({ bytes, peer });
    else found.push(...framed(stream, direction, bytes).map((frame) => ({ bytes: frame, peer })));
  }
  return found;
};

/** RFC 1035 §4.2.2: over TCP each message follows its length in two octets, and may come in any pieces. */
const framed = (stream: Socket['stream'], direction: keyof Socket['stream'], bytes: Uint8Array): Uint8Array[] => {
  const frames: Uint8Array[] = [];
  let rest = Buffer.concat([stream[direction], bytes]);
  while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
    const end = 2 + rest.readUInt16BE(0);
    frames.push(rest.subarray(2, end));
    rest = rest.subarray(end);
  }
  stream[direction] = rest;
  return frames;
};
