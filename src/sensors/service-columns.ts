import type { EventColumn } from '../model/event.ts';

const beyond =
  /^(?:event\.(?:dataset|original)|user\.(?:id|email)|user_agent\..*|observer\..*|(?:source|destination)\.nat\..*)$/;

/** What no sensor of a host says: only the log of a service does, or the lab's router. */
export const isBeyondHost = (column: EventColumn): boolean => beyond.test(column);
