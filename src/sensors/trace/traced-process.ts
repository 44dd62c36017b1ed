import type { LabEvent, Micros } from '../../model/event.ts';
import type { TracedStep } from '../sensor.ts';
import type { Draft } from './event-writer.ts';
import type { Socket } from './socket.ts';

/** The program that a process runs, in the persona's own form. */
export interface Image {
  readonly executable: string;
  readonly name: string;
  readonly commandLine: string;
  /** Null for a Windows program: Windows hands over one string. */
  readonly args: readonly string[] | null;
  /** A program of the Windows persona: an executable on its drive. */
  readonly isComponent: boolean;
}

/** The service of Windows by whose word a cause goes: the Task Scheduler, or BITS. */
export type ServiceLink = 'task' | 'bits';

/** Where a process belongs: to a step, to the harness, or nobody knows. */
export type Lineage =
  /** `via`: not by its parents, but by the request that a service of the host started it for. */
  | { readonly kind: 'step'; readonly result: TracedStep; readonly via?: ServiceLink }
  | { readonly kind: 'harness' }
  | { readonly kind: 'unlinked' };

/** A service of the Windows persona: what it does for others is theirs. */
export const isWindowsService = ({ lineage, image }: TracedProcess): boolean =>
  lineage.kind === 'step' && lineage.result.step.origin === 'service' && image?.isComponent === true;

/** One process of the host, from its fork to its end, through every exec. */
export interface TracedProcess {
  readonly pid: number;
  readonly entityId: string;
  /** The process that made it, for good: an orphan keeps its real parent. Null when that was not seen. */
  readonly parent: TracedProcess | null;
  readonly bornMicros: Micros;
  endedMicros: Micros | null;
  lineage: Lineage;
  /** The agent, its launchers, and programs of the harness: they leave no events. */
  hidden: boolean;
  image: Image | null;
  /** When it first ran a program of its own; a fork that never does has its birth. Real time. */
  startMicros: Micros;
  /** Its latest process-start. */
  start: Draft | null;
  cwd: string | null;
  /** False after a `chdir` and until a descriptor label has shown the folder without symbolic links. */
  cwdSeen: boolean;
  /** Whether it is still in the folder that its program was started in. */
  cwdIsOfStart: boolean;
  /** A program that was to follow the compressed clock and, as far as is known, does not. */
  inRealTime: string | null;
  /** Value of the marker variable in the environment it was last started with. */
  marker: string | null;
  readonly sockets: Map<number, Socket>;
  /** Address → the name it was the answer for. */
  readonly names: Map<string, string>;
  /** When it first connected to the records socket of the persona. */
  recordsMicros: Micros | null;
  /** When it first connected to a socket of the persona's services. */
  serviceMicros: Micros | null;
  /** `DOMAIN\\user` where it is another than the host's own. */
  user: string | null;
  /** Columns that all its events share; null after anything in them has changed. */
  columns: Partial<LabEvent> | null;
}

/** A child has what its parent had at that moment, its open sockets included. */
export const createProcess = (
  host: string,
  pid: number,
  bornMicros: Micros,
  parent: TracedProcess | null,
  lineage: Lineage,
): TracedProcess => {
  for (const socket of parent?.sockets.values() ?? []) socket.holders++;
  return {
    pid,
    entityId: `${host}:${pid}:${bornMicros}`,
    parent,
    bornMicros,
    endedMicros: null,
    lineage,
    hidden: parent?.hidden ?? false,
    image: parent?.image ?? null,
    startMicros: bornMicros,
    start: null,
    cwd: parent?.cwd ?? null,
    cwdSeen: parent?.cwdSeen ?? false,
    cwdIsOfStart: parent?.cwdIsOfStart ?? false,
    inRealTime: null,
    marker: parent?.marker ?? null,
    sockets: new Map(parent?.sockets),
    names: new Map(),
    recordsMicros: null,
    serviceMicros: null,
    user: parent?.user ?? null,
    columns: null,
  };
};

/** The nearest ancestor that is not the harness. */
export const visibleParent = (process: TracedProcess): TracedProcess | null => {
  let ancestor = process.parent;
  while (ancestor?.hidden === true) ancestor = ancestor.parent;
  return ancestor;
};
