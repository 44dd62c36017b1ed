import type { Micros } from '../../model/event.ts';
import type { LossCounter } from '../loss-counter.ts';
import type { ReceivedHandover } from '../records/read-handovers.ts';
import { isWindowsService, type Lineage, type ServiceLink, type TracedProcess } from './traced-process.ts';

/** Whose request it was; null when the trace does not bear out what the service said. */
export interface Asked {
  readonly client: TracedProcess | null;
  readonly by: ServiceLink;
}

/**
 * What services of a Windows host do for other processes. A service says for whom; it counts only as far as the trace confirms it:
 * the service was started by the harness, the client was alive and had connected to the service, a process that the service started
 * is its child. Each answer is null for a process that acts for itself.
 */
export interface OnBehalf {
  /** For the child that a process has just made. */
  start(
    parent: TracedProcess,
    pid: number,
    micros: Micros,
  ): { readonly lineage: Lineage; readonly user: string | null } | null;
  file(process: TracedProcess, path: string, micros: Micros): Asked | null;
  /** `10.0.0.1 80`. */
  peer(process: TracedProcess, peer: string, micros: Micros): Asked | null;
  request(process: TracedProcess, request: number): Asked | null;
}

/** A call is noted when it begins and a statement when it comes in, each by its own process. */
const slackMicros = 1_000_000;

/** A service says what it will do to a file, and whom it will connect to, before it does it; only the two clocks may differ a little. */
const clockMicros = 20_000;

/** The service control manager starts services; what they start is somebody's request. */
const isServiceHost = (process: TracedProcess): boolean =>
  isWindowsService(process) && process.image?.name.toLowerCase() === 'svchost.exe';

const linkOf = ({ image }: TracedProcess): ServiceLink =>
  / -s BITS$/i.test(image?.commandLine ?? '') ? 'bits' : 'task';

export const createOnBehalf = (
  handovers: readonly ReceivedHandover[],
  processes: readonly TracedProcess[],
  losses: LossCounter,
): OnBehalf => {
  const of = (service: TracedProcess): readonly ReceivedHandover[] =>
    handovers.filter(
      ({ statement, receivedMicros }) => statement.pid === service.pid && receivedMicros >= service.bornMicros,
    );

  const isClient = (process: TracedProcess, pid: number, receivedMicros: Micros): boolean =>
    process.pid === pid &&
    process.image?.isComponent === true &&
    process.bornMicros <= receivedMicros &&
    (process.endedMicros === null || receivedMicros <= process.endedMicros + slackMicros) &&
    process.serviceMicros !== null &&
    process.serviceMicros <= receivedMicros + slackMicros;

  const clientOf = (service: TracedProcess, request: number): Asked => {
    const said = of(service).find(({ statement }) => statement.request === request && 'client' in statement);
    const client =
      said !== undefined && 'client' in said.statement
        ? processes.findLast((process) => isClient(process, clientIn(said), said.receivedMicros))
        : undefined;
    if (client === undefined) {
      losses.add('unlinked', 'requests to services that no process of the trace made', `request ${request}`);
    }
    return { client: client ?? null, by: linkOf(service) };
  };

  const start: OnBehalf['start'] = (parent, pid, micros) => {
    if (!isServiceHost(parent)) return null;
    const said = of(parent).find(
      ({ statement, receivedMicros }) =>
        'started' in statement && statement.started === pid && receivedMicros >= micros - slackMicros,
    )?.statement;
    if (said === undefined || !('started' in said)) {
      losses.add('unlinked', 'processes that a service started and did not account for', `process ${pid}`);
      return { lineage: { kind: 'unlinked' }, user: null };
    }
    const { client, by } = clientOf(parent, said.request);
    const lineage = client?.lineage;
    return {
      lineage: lineage?.kind === 'step' ? { ...lineage, via: by } : { kind: 'unlinked' },
      user: said.user,
    };
  };

  /** By the last that it said of the same thing. */
  const announced = (
    process: TracedProcess,
    micros: Micros,
    isOfIt: (statement: ReceivedHandover['statement']) => boolean,
  ): Asked | null => {
    if (!isServiceHost(process)) return null;
    const said = of(process).findLast(
      ({ statement, receivedMicros }) => receivedMicros <= micros + clockMicros && isOfIt(statement),
    );
    return said === undefined ? null : clientOf(process, said.statement.request);
  };

  return {
    start,
    file: (process, path, micros) => announced(process, micros, (said) => 'file' in said && said.file === path),
    peer: (process, peer, micros) => announced(process, micros, (said) => 'peer' in said && said.peer === peer),
    request: (process, request) => (isServiceHost(process) ? clientOf(process, request) : null),
  };
};

const clientIn = ({ statement }: ReceivedHandover): number => ('client' in statement ? statement.client : 0);
