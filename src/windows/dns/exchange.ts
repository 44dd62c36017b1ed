import type { DnsMessage } from '../../formats/dns.ts';
import { parseDnsMessage } from '../../formats/dns.ts';
import { encodeDnsMessage } from '../../formats/dns-encode.ts';

/** A server of names. */
export interface NameServer {
  readonly address: string;
  readonly port: number;
}

/** Milliseconds after the first question. */
interface Timing {
  readonly again: readonly number[];
  readonly giveUp: number;
}

/**
 * When Windows' resolver sends a question again, and when it gives up, with one server configured
 * ("DNS client resolution timeouts", Microsoft).
 */
const schedule: Timing = { again: [1000, 2000, 4000, 8000], giveUp: 10_000 };

export interface Asked {
  readonly name: string;
  readonly type: string;
  readonly id: number;
}

/** One question over UDP, and over TCP when the answer did not fit; null when no answer came in time, or none can be asked. */
export const exchange = async (server: NameServer, asked: Asked, timing = schedule): Promise<DnsMessage | null> => {
  const question = { name: asked.name, type: asked.type };
  const request = encodeDnsMessage({ id: asked.id, isResponse: false, wantsRecursion: true, questions: [question] });
  if (request === null) return null;
  const answer = await overUdp(server, request, asked, timing);
  return answer?.isTruncated === true ? overTcp(server, request, asked, timing.giveUp) : answer;
};

/** An answer to something else, or from someone else, is no answer: whoever guesses must guess the id and the question too. */
const isAnswer = (message: DnsMessage | null, { id, name, type }: Asked): message is DnsMessage => {
  if (message === null || !message.isResponse || message.id !== id) return false;
  const [question] = message.questions;
  // A server that did not understand the question may not repeat it.
  return question === undefined
    ? message.responseCode !== 'NOERROR'
    : question.name.toLowerCase() === name.toLowerCase().replace(/\.$/, '') && question.type === type;
};

const overUdp = async (
  { address, port }: NameServer,
  request: Uint8Array,
  asked: Asked,
  timing: Timing,
): Promise<DnsMessage | null> => {
  const { createSocket } = await import('node:dgram');
  const socket = createSocket('udp4');
  const timers: NodeJS.Timeout[] = [];
  try {
    return await new Promise((resolve) => {
      // A port that is closed is a server that does not answer: the next try may find it open.
      const send = (): void => socket.send(request, () => undefined);
      socket.on('error', () => undefined);
      socket.on('message', (bytes) => {
        const message = parseDnsMessage(bytes);
        if (isAnswer(message, asked)) resolve(message);
      });
      socket.connect(port, address, (error?: Error) => {
        if (error !== undefined) return resolve(null);
        send();
        timers.push(...timing.again.map((after) => setTimeout(send, after)));
      });
      timers.push(setTimeout(() => resolve(null), timing.giveUp));
    });
  } finally {
    timers.forEach(clearTimeout);
    socket.close();
  }
};

const overTcp = async (
  { address, port }: NameServer,
  request: Uint8Array,
  asked: Asked,
  timeoutMs: number,
): Promise<DnsMessage | null> => {
  const { connect } = await import('node:net');
  const socket = connect({ host: address, port });
  try {
    return await new Promise((resolve) => {
      let rest = Buffer.alloc(0);
      socket.setTimeout(timeoutMs, () => resolve(null));
      socket.on('error', () => resolve(null));
      socket.on('close', () => resolve(null));
      socket.on('connect', () => {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(request.length);
        socket.write(Buffer.concat([length, request]));
      });
      socket.on('data', (chunk) => {
        rest = Buffer.concat([rest, chunk]);
        if (rest.length < 2 || rest.length < 2 + rest.readUInt16BE(0)) return;
        const message = parseDnsMessage(rest.subarray(2, 2 + rest.readUInt16BE(0)));
        resolve(isAnswer(message, asked) ? message : null);
      });
    });
  } finally {
    socket.destroy();
  }
};
