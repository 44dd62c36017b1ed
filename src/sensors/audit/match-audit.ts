import type { AuditGroup } from '../../formats/auditd/join-records.ts';
import type { LabEvent, Micros } from '../../model/event.ts';

export type Fields = Readonly<Record<string, string>>;

/** The records of one system call, with their fields. */
export interface AuditCall {
  readonly group: AuditGroup;
  readonly micros: Micros;
  readonly records: readonly { readonly type: string; readonly fields: Fields }[];
  readonly call: Fields;
}

/** The audit clock ticks every few milliseconds, and the trace's is read when the call is over. */
const toleranceMicros = 2_000_000;

const timeOf = (event: LabEvent): Micros => event['tocsin.real_time'] ?? event['@timestamp'];

const programKey = (args: readonly string[]): string => JSON.stringify(args);
const connectKey = (ip: string | undefined, port: string | undefined): string => `${ip ?? ''} ${port ?? ''}`;

const argumentsOf = ({ records }: AuditCall): readonly string[] => {
  const all: Record<string, string> = Object.assign(
    {},
    ...records.filter(({ type }) => type === 'EXECVE').map(({ fields }) => fields),
  ) as Record<string, string>;
  const args: string[] = [];
  for (let value = all['a0']; value !== undefined; value = all[`a${args.length}`]) args.push(value);
  return args;
};

const keyOfCall = (one: AuditCall): string | null => {
  if (one.call['success'] !== 'yes') return null;
  if (one.records.some(({ type }) => type === 'EXECVE')) return programKey(argumentsOf(one));
  const address = one.records.find(({ type }) => type === 'SOCKADDR')?.fields;
  return address === undefined ? null : connectKey(address['laddr'], address['lport']);
};

const keyOfEvent = (event: LabEvent): string | null => {
  if (event['event.action'] === 'process-start') return event['process.args'] ?? null;
  if (event['event.action'] !== 'connect') return null;
  return connectKey(event['destination.ip'], String(event['destination.port'] ?? ''));
};

/** The traced event of each system call of the audit log: the same program or address, the nearest in time, each once. */
export const matchAudit = (
  calls: readonly AuditCall[],
  traced: readonly LabEvent[],
): ReadonlyMap<AuditCall, LabEvent> => {
  const open = new Map<string, LabEvent[]>();
  for (const event of traced) {
    const key = keyOfEvent(event);
    if (key !== null) open.set(key, [...(open.get(key) ?? []), event]);
  }
  const matched = new Map<AuditCall, LabEvent>();
  for (const one of calls) {
    const candidates = open.get(keyOfCall(one) ?? '') ?? [];
    const distance = (event: LabEvent): number => Math.abs(timeOf(event) - one.micros);
    const nearest = candidates.reduce<LabEvent | null>(
      (best, event) => (best === null || distance(event) < distance(best) ? event : best),
      null,
    );
    if (nearest === null || distance(nearest) > toleranceMicros) continue;
    candidates.splice(candidates.indexOf(nearest), 1);
    matched.set(one, nearest);
  }
  return matched;
};
