import { eventColumns, type EventColumn, type LabEvent } from '../../model/event.ts';
import { isBeyondHost } from '../service-columns.ts';
import type { Mark } from '../../model/persona.ts';

/** What an audit record shares with the event that it was derived from: host, process, user and cause. */
const shared =
  /^(?:host|user|process)\.|^tocsin\.(?:persona|origin|variant|step|cause|marks|real_time|raw)$|^@timestamp$/;

export const sharedColumns = (event: LabEvent): Partial<LabEvent> =>
  Object.fromEntries(Object.entries(event).filter(([name]) => shared.test(name)));

/** Columns that audit records never fill. */
export const neverFilled = (Object.keys(eventColumns) as EventColumn[])
  .filter(
    (name) =>
      isBeyondHost(name) ||
      /^(?:source|destination|network|tls|dns|file|winlog|log|ocsf)\.|^message$|^event\.(?:reason|end)$/.test(name),
  )
  .sort();

export const withMark = (event: LabEvent, mark: Mark): string => {
  const known = JSON.parse(event['tocsin.marks'] ?? '[]') as readonly Mark[];
  return JSON.stringify([...new Set([...known, mark])].sort());
};
