import type { LogSource } from '../../model/log-event.ts';

/** A source in one line: `windows Security 4688`, `linux auditd`; what says nothing of itself is said to. */
export const sourceText = ({ product, service, category, channel, provider, eventId }: LogSource): string => {
  const parts = [product, channel ?? service ?? provider, category, eventId === null ? null : String(eventId)];
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? 'events that say nothing of their source' : known.join(' ');
};
