import type { DnsMessage, DnsQuestion } from '../../formats/dns.ts';
import type { LabEvent, Micros } from '../../model/event.ts';
import type { DrillTime } from '../../util/drill-time.ts';
import type { LossCounter } from '../loss-counter.ts';
import { answeredDns } from '../trace/ocsf.ts';
import type { SeenDns } from './application.ts';
import type { FlowEvents } from './flow-events.ts';
import { flowKey, type Flow } from './flow.ts';
import { isLocal, type HostView } from './join-host.ts';

interface Exchange {
  readonly question: DnsQuestion;
  readonly asked: SeenDns<Flow>;
  answer: SeenDns<Flow> | null;
}

export interface DnsJoin {
  readonly additions: Map<LabEvent, Partial<LabEvent>>;
  readonly events: FlowEvents;
  readonly losses: LossCounter;
  readonly drill: DrillTime;
}

/** The trace tells a question when it is sent, once however often it is repeated. */
const repeatMicros = 10_000_000;
const grainMicros = 2000;

/**
 * Questions that a host's trace has get the answer it did not see (read with a call that is not traced); questions that it has
 * not, DNS over TCP for the most part, become events of the process that the connection is of.
 */
export const joinDns = (view: HostView, { additions, events, losses, drill }: DnsJoin): void => {
  const traced = Map.groupBy(
    view.trace.events.filter((event) => event['event.action'] === 'dns-query'),
    (event) => keyOf(event['dns.question.name'] ?? '', event['dns.question.type'] ?? ''),
  );
  for (const { question, asked, answer } of pairUp(view)) {
    const event = traced
      .get(keyOf(question.name, question.type))
      ?.find((one) => isWithin(one['tocsin.real_time'] ?? 0, asked.micros));
    const said = answer === null ? {} : answerColumns(answer, drill);
    if (event !== undefined) {
      if (event['dns.response_code'] === undefined && answer !== null)
        additions.set(event, { ...additions.get(event), ...said });
      continue;
    }
    const owner = view.owners.get(asked.flow);
    if (owner?.process.hidden === true) continue;
    if (owner === undefined) losses.add('unlinked', 'DNS questions of no process that the trace shows', question.name);
    events.write('dns-query', asked.flow, asked, {
      ...(owner === undefined ? {} : { ...view.trace.table.columnsOf(owner.process), ...owner.cause }),
      'network.direction': 'egress',
      'dns.question.name': question.name,
      'dns.question.type': question.type,
      'event.outcome': 'unknown',
      'event.reason': 'no-answer',
      ...said,
    });
  }
};

const keyOf = (name: string, type: string): string => `${type} ${name.toLowerCase()}`;

const isWithin = (traced: Micros, seen: Micros): boolean =>
  traced <= seen + grainMicros && seen - traced <= repeatMicros;

/** The host's own questions, each with the last answer to it. */
const pairUp = ({ dns, address }: HostView): readonly Exchange[] => {
  const exchanges = new Map<string, Exchange>();
  for (const seen of dns) {
    const { flow, message, fromClient } = seen;
    if (!isLocal(flow.client.ip, address) || message.opcode !== 0) continue;
    for (const question of message.questions) {
      const key = `${flowKey(flow)} ${flow.startMicros} ${message.id} ${keyOf(question.name, question.type)}`;
      const known = exchanges.get(key);
      if (known === undefined && !message.isResponse && fromClient)
        exchanges.set(key, { question, asked: seen, answer: null });
      else if (known !== undefined && message.isResponse && !fromClient) known.answer = seen;
    }
  }
  return [...exchanges.values()];
};

const answerColumns = (
  { message, micros }: { message: DnsMessage; micros: Micros },
  drill: DrillTime,
): Partial<LabEvent> => ({
  'dns.response_code': message.responseCode,
  'dns.answers': JSON.stringify(message.answers.map(({ type, data }) => ({ type, data }))),
  'event.outcome': message.responseCode === 'NOERROR' ? 'success' : 'failure',
  'event.reason': message.responseCode === 'NOERROR' ? undefined : message.responseCode,
  'event.end': drill(micros),
  ...answeredDns,
});
