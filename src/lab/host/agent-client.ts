import type { Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline';
import { HarnessError } from '../../model/harness-error.ts';
import type { ServiceName } from '../../model/service-log.ts';
import { systemClock } from '../../util/clock.ts';
import type { AgentCalls, AgentMessage, AgentOperation } from '../agent/protocol.ts';

export interface AgentClient {
  /** Resolves with the agent's process id when it is ready; rejects when the host ends first. */
  readonly ready: Promise<number>;
  /** Resolves with the reason when the agent does not answer any more. */
  readonly lost: Promise<string>;
  start<O extends AgentOperation>(
    operation: O,
    input: AgentCalls[O]['input'],
    listener?: CallListener,
  ): PendingCall<AgentCalls[O]['output']>;
  /** Gives the host up: every open call is rejected with this reason, or with this error where it says more. */
  abandon(reason: string | HarnessError): void;
}

/** What a call tells before it is answered. */
export interface CallListener {
  readonly onStart?: ((pid: number) => void) | undefined;
  /** Gets what its terminal shows. */
  readonly onScreen?: ((bytes: Buffer) => void) | undefined;
}

export interface PendingCall<T> {
  readonly call: number;
  readonly answer: Promise<T>;
  /** Resolves with the reason when what the call started has ended (services). */
  readonly ended: Promise<string>;
}

export interface AgentStreams {
  readonly input: Writable;
  readonly output: Readable;
  /** Resolves with how the host ended. */
  readonly ended: Promise<string>;
}

const patienceMs = 1000;

const readyMs = 30_000;

interface OpenCall {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Speaks with the agent of one host. Answers are matched by number; whatever is not a message of the protocol ends the host. */
export const createAgentClient = (
  host: string,
  { input, output, ended }: AgentStreams,
  onRecord: (record: number, line: string) => void,
  onOutput: (service: ServiceName, line: string) => void,
): AgentClient => {
  const open = new Map<number, OpenCall>();
  const ends = new Map<number, (reason: string) => void>();
  const listeners = new Map<number, CallListener>();
  const ready = Promise.withResolvers<number>();
  const lost = Promise.withResolvers<string>();
  let gone: HarnessError | null = null;
  let next = 1;

  const lostError = (reason: string): HarnessError =>
    new HarnessError(`host ${host} is gone: ${reason}`, { code: 'lab/host-lost' });

  const abandon = (reason: string | HarnessError): void => {
    if (gone !== null) return;
    const error = typeof reason === 'string' ? lostError(reason) : reason;
    gone = error;
    ready.reject(error);
    for (const { reject } of open.values()) reject(error);
    open.clear();
    lost.resolve(typeof reason === 'string' ? reason : reason.message);
  };
  const overdue = setTimeout(() => abandon(`its agent is not ready after ${readyMs} ms`), readyMs);
  // The host may be given up before anyone waits for it.
  ready.promise.catch(() => undefined).finally(() => clearTimeout(overdue));

  const keep = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      abandon(error instanceof HarnessError ? error : `a record of it could not be kept: ${String(error)}`);
    }
  };

  const onMessage = (message: AgentMessage): void => {
    switch (message.type) {
      case 'ready':
        return ready.resolve(message.pid);
      case 'record':
        return keep(() => onRecord(message.record, message.line));
      case 'output':
        return keep(() => onOutput(message.service, message.line));
      case 'screen':
        return listeners.get(message.call)?.onScreen?.(Buffer.from(message.base64, 'base64'));
      case 'started':
        return listeners.get(message.call)?.onStart?.(message.pid);
      case 'ended':
        return ends.get(message.call)?.(message.reason);
      case 'answer':
        open.get(message.call)?.resolve(message.output);
        break;
      case 'refused':
        open.get(message.call)?.reject(new HarnessError(`host ${host}: ${message.reason}`, { code: 'lab/refused' }));
        break;
      default:
        return abandon('its agent says what no agent says');
    }
    open.delete(message.call);
    listeners.delete(message.call);
  };

  const lines = createInterface({ input: output });
  lines.on('line', (line) => {
    const message = parseMessage(line);
    if (message === null) abandon(`its agent printed ${JSON.stringify(line.slice(0, 200))}`);
    else onMessage(message);
  });
  // Its output closes a moment before it is known how it ended.
  const agentEnded = async (): Promise<void> => {
    await Promise.race([ended, systemClock.sleep(patienceMs)]);
    abandon('its agent ended');
  };
  lines.on('close', () => void agentEnded());
  void ended.then((how) => abandon(`it ended (${how})`));
  input.on('error', () => abandon('its agent does not listen any more'));

  const start: AgentClient['start'] = (operation, callInput, listener = {}) => {
    const call = next;
    next += 1;
    const answer = Promise.withResolvers<unknown>();
    const ended = Promise.withResolvers<string>();
    if (gone !== null) answer.reject(gone);
    else {
      open.set(call, answer);
      ends.set(call, ended.resolve);
      listeners.set(call, listener);
      input.write(`${JSON.stringify({ call, operation, input: callInput })}\n`);
    }
    return { call, answer: answer.promise as Promise<never>, ended: ended.promise };
  };
  return { ready: ready.promise, lost: lost.promise, start, abandon };
};

const parseMessage = (line: string): AgentMessage | null => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'type' in value ? (value as AgentMessage) : null;
  } catch {
    return null;
  }
};
