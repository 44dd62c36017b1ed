import type { LabEvent } from '../../model/event.ts';
import type { Mark } from '../../model/persona.ts';
import type { DrillTime } from '../../util/drill-time.ts';
import type { LossCounter } from '../loss-counter.ts';
import { personaPath } from '../persona-path.ts';
import type { SensorContext } from '../sensor.ts';
import { causeOf } from './cause.ts';
import { visibleParent, type TracedProcess } from './traced-process.ts';

/** Columns that every event of a process has: the process, its parents, its user, what caused it. */
export const processColumns = (
  process: TracedProcess,
  context: SensorContext,
  drill: DrillTime,
  losses: LossCounter,
): Partial<LabEvent> => {
  const parent = visibleParent(process);
  const { name, domain } = splitUser(process.user ?? context.user);
  const parentUser = splitUser(parent?.user ?? context.user);
  const grandparent = parent === null ? null : visibleParent(parent);
  const marks = marksOf(context);
  return {
    'host.name': context.host,
    'user.name': name,
    'user.domain': domain,
    'process.pid': process.pid,
    'process.entity_id': process.entityId,
    'process.executable': process.image?.executable,
    'process.name': process.image?.name,
    'process.command_line': process.image?.commandLine,
    'process.args': process.image?.args == null ? undefined : JSON.stringify(process.image.args),
    'process.working_directory': process.cwd === null ? undefined : personaPath(process.cwd, context.persona),
    'process.start': drill(process.startMicros),
    'process.parent.pid': parent?.pid,
    'process.parent.entity_id': parent?.entityId,
    'process.parent.executable': parent?.image?.executable,
    'process.parent.name': parent?.image?.name,
    'process.parent.command_line': parent?.image?.commandLine,
    'process.parent.user.name': parent === null ? undefined : parentUser.name,
    'process.parent.user.domain': parent === null ? undefined : parentUser.domain,
    'process.parent.start': parent === null ? undefined : drill(parent.startMicros),
    'process.grandparent.pid': grandparent?.pid,
    'process.grandparent.name': grandparent?.image?.name,
    'tocsin.persona': context.persona,
    'tocsin.marks': marks.length === 0 ? undefined : JSON.stringify(marks),
    ...causeOf(process, context, losses),
  };
};

/** `LAB\analyst` has a domain; a Linux user is a name. */
const splitUser = (user: string): { readonly name: string; readonly domain: string | undefined } => {
  const backslash = user.indexOf('\\');
  return backslash < 0
    ? { name: user, domain: undefined }
    : { name: user.slice(backslash + 1), domain: user.slice(0, backslash) };
};

export const marksOf = (context: SensorContext): readonly Mark[] => [
  ...(context.persona === 'windows' ? (['emulated-persona'] as const) : []),
  ...(context.clock.scale === 1 ? [] : (['compressed-clock'] as const)),
];
