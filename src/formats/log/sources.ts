import type { LogSource } from '../../model/log-event.ts';

export type SourceFacts = Partial<LogSource>;

/** Gives one object for all records of one source, which is what matchers route by. */
export type SourceOf = (facts: SourceFacts) => LogSource;

/** A hostile log could name a new source with every record. */
const mostSources = 100_000;

export const createSources = (): SourceOf => {
  const known = new Map<string, LogSource>();
  return ({ product = null, service = null, category = null, channel = null, provider = null, eventId = null }) => {
    const key = `${product ?? ''}\0${service ?? ''}\0${category ?? ''}\0${channel ?? ''}\0${provider ?? ''}\0${eventId ?? ''}`;
    const existing = known.get(key);
    if (existing !== undefined) return existing;
    const source = { product, service, category, channel, provider, eventId };
    if (known.size < mostSources) known.set(key, source);
    return source;
  };
};
