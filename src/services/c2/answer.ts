import type { HostedFiles } from './files.ts';

/** What a command-and-control server does with a request, and what its log calls it. */
export interface Answer {
  readonly kind: 'check-in' | 'file' | 'upload';
  readonly type: string;
  readonly body: Buffer;
}

export interface Answers {
  /** Every path that is no file's is a check-in; a request with a body brings something. */
  to(method: string, path: string, received: number): Answer;
  /** One message of a connection that speaks no HTTP. */
  toMessage(): Buffer;
}

export interface Tasking {
  readonly files: HostedFiles;
  /** Given to who checks in; `{sleep}` is the time until its next check-in, `{number}` counts check-ins. */
  readonly answer: string;
  /** Seconds. */
  readonly sleep: number;
  /** How far the time until the next check-in may be from `sleep`, in percent of it. */
  readonly jitter: number;
  /** From 0 to 1. */
  readonly random: () => number;
}

export const createAnswers = ({ files, answer, sleep, jitter, random }: Tasking): Answers => {
  let checkIns = 0;
  const checkIn = (): Buffer => {
    checkIns += 1;
    const next = sleep * (1 + (jitter / 100) * (2 * random() - 1));
    return Buffer.from(answer.replaceAll('{sleep}', next.toFixed(1)).replaceAll('{number}', String(checkIns)));
  };
  return {
    to: (method, path, received) => {
      const file = files.get(path.replace(/[?#].*$/s, ''));
      if (file !== undefined && (method === 'GET' || method === 'HEAD'))
        return { kind: 'file', type: 'application/octet-stream', body: file };
      const body = checkIn();
      const type = /^\s*[{[]/.test(answer) ? 'application/json' : 'text/plain';
      return { kind: received > 0 ? 'upload' : 'check-in', type, body };
    },
    toMessage: checkIn,
  };
};

/** A generator of numbers from 0 to 1 (mulberry32): two runs of a drill draw the same. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
