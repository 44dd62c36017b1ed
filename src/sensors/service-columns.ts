import type { EventColumn } from '../model/event.ts';

const serviceColumns = /^(?:event\.(?:dataset|original)|user\.(?:id|email)|user_agent\..*)$/;

/** What only the log of a service says. */
export const isServiceColumn = (column: EventColumn): boolean => serviceColumns.test(column);
