import { closingQuote, unescapeC } from './c-string.ts';
import type { StraceCall } from './call.ts';
import { parseSocketAddress, type Endpoint } from './socket-address.ts';

/** The bytes that one `send*` or `recv*` moved, a datagram each. */
export interface Payload {
  readonly bytes: Uint8Array;
  /** The address that the call itself names; null on a connected socket. */
  readonly address: Endpoint | null;
  /** `-s` shortened it. */
  readonly cut: boolean;
}

/** Payloads of a call that moved something; source: strace's `net.c`, `mmsghdr.c`, `msghdr.c`. */
export const readPayloads = (call: StraceCall): readonly Payload[] => {
  if (call.value === null || call.value <= 0) return [];
  switch (call.name) {
    case 'sendto':
    case 'recvfrom': {
      const [, text = '', , , address = ''] = call.args;
      return withAddress(readMessages(text, ''), endpointOf(address));
    }
    case 'sendmsg':
    case 'recvmsg':
      return readMessages(call.args[1] ?? '', 'iov_base=');
    case 'sendmmsg':
    case 'recvmmsg':
      return readMessages(call.args[1] ?? '', 'iov_base=').slice(0, call.value);
    default:
      return [];
  }
};

const withAddress = (payloads: readonly Payload[], address: Endpoint | null): readonly Payload[] =>
  payloads.map((payload) => ({ ...payload, address }));

const endpointOf = (text: string): Endpoint | null => {
  const address = parseSocketAddress(text);
  return address?.family === 'inet' ? address : null;
};

/**
 * Walks the quoted strings of a message list. What stands before a quote says what it is: `iov_base=` is payload, `inet_addr(`
 * belongs to the name, `msg_hdr=` begins another message.
 */
const readMessages = (text: string, key: string): readonly Payload[] => {
  const messages: { parts: Uint8Array[]; address: Endpoint | null; cut: boolean }[] = [];
  let after = 0;
  for (let open = text.indexOf('"'); open >= 0; open = text.indexOf('"', after)) {
    const before = text.slice(after, open);
    const close = closingQuote(text, open);
    if (close < 0) return [];
    after = close + 1;
    if (messages.length === 0 || before.includes('msg_hdr=')) messages.push({ parts: [], address: null, cut: false });
    const message = messages.at(-1);
    if (message === undefined) return [];
    if (before.endsWith(key)) {
      message.parts.push(unescapeC(text.slice(open + 1, close)));
      message.cut ||= text.startsWith('...', after);
    } else {
      message.address ??= endpointOf(before + text.slice(open, text.indexOf('}', close)));
    }
  }
  return messages.map(({ parts, address, cut }) => ({ bytes: Buffer.concat(parts), address, cut }));
};
