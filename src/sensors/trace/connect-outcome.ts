import type { Micros } from '../../model/event.ts';
import { addRawLine, type EventWriter } from './event-writer.ts';
import { failedConnect } from './ocsf.ts';
import type { Attempt } from './socket.ts';

/** What a call says of the attempt it belongs to. */
export type Outcome =
  | { readonly outcome: 'success' }
  | { readonly outcome: 'failure'; readonly reason: string }
  /** Nobody learned it. */
  | { readonly outcome: 'unknown'; readonly reason: string };

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'aborted',
};

/** Error → why the attempt failed; errors without a word of their own keep their name. */
export const failureOf = (errno: string): Outcome => ({ outcome: 'failure', reason: reasons[errno] ?? errno });

/** The attempt goes on after these. */
const stillTrying = new Set([
  'EINPROGRESS',
  'EALREADY',
  'EINTR',
  'EAGAIN',
  'ERESTARTSYS',
  'ERESTARTNOINTR',
  'ERESTARTNOHAND',
]);

/** What `connect` returned; null while the kernel goes on trying. */
export const connectOutcome = (value: number | null, errno: string | null): Outcome | null => {
  if (value === 0 || errno === 'EISCONN') return { outcome: 'success' };
  if (errno !== null) return stillTrying.has(errno) ? null : failureOf(errno);
  // The process was ended inside the call, so the connection was never made.
  return { outcome: 'failure', reason: 'aborted' };
};

/** What a successful or failed transfer says; null when it says nothing. */
export const transferOutcome = (value: number | null, errno: string | null): Outcome | null => {
  if (value !== null && value >= 0) return { outcome: 'success' };
  return errno !== null && errno in reasons ? failureOf(errno) : null;
};

/**
 * A program that let go of a socket after this long without ever asking for its error got no answer: in a lab one, yes or no,
 * takes well under a millisecond, and would have woken it. One that let go sooner may not have looked. (One that never looks
 * and never sends is taken for a timeout too: polling and closing are not traced.)
 */
const patienceMicros = 500_000;

export const abandonedOutcome = (attempt: Attempt, micros: Micros): Outcome =>
  micros - attempt.startMicros >= patienceMicros
    ? { outcome: 'failure', reason: 'timeout' }
    : { outcome: 'unknown', reason: 'unresolved' };

/** Errors by which the kernel says that an attempt never succeeded, even after it had reported no error yet. */
const neverConnected = new Set(['refused', 'unreachable']);

/** Writes the outcome of an attempt into its event, unless it already has a better one. */
export const settle = (
  attempt: Attempt,
  outcome: Outcome,
  writer: EventWriter,
  moment: { readonly line: number; readonly micros: Micros },
  state: Attempt['state'] = 'settled',
): void => {
  const before = attempt.state;
  const revises = outcome.outcome === 'failure' && neverConnected.has(outcome.reason);
  if (before === 'settled') return;
  attempt.state = state;
  if (attempt.draft === null || (before === 'guess' && !revises)) return;
  const { event } = attempt.draft;
  event['event.outcome'] = outcome.outcome;
  event['event.reason'] = outcome.outcome === 'success' ? undefined : outcome.reason;
  event['event.end'] = writer.drill(moment.micros);
  if (outcome.outcome === 'failure') Object.assign(event, failedConnect(outcome.reason));
  addRawLine(attempt.draft, moment.line);
};
