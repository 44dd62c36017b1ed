import type { LogSource, LogValue } from '../../model/log-event.ts';
import { textOf, type Fields } from '../log/fields.ts';
import type { SourceOf } from '../log/sources.ts';
import { describeRegistryAudit } from './registry-audit.ts';

/** Sysmon for Linux writes the same events; what they are about says its own event ids, not a Windows channel. */
const linuxCategories: Readonly<Partial<Record<number, string>>> = {
  1: 'process_creation',
  3: 'network_connection',
  5: 'process_termination',
  9: 'raw_access_thread',
  11: 'file_event',
  23: 'file_delete',
};

/** `fields` get Sigma's names beside Windows' own where another event than Sysmon's says what a category is about. */
export const windowsSource = (
  fields: Fields,
  channel: string | null,
  provider: string | null,
  sourceOf: SourceOf,
): LogSource => {
  const id = numberOf(fields['EventID']);
  if (provider !== 'Linux-Sysmon') {
    const category = id === 4657 && channel?.toLowerCase() === 'security' ? describeRegistryAudit(fields) : null;
    return sourceOf({ product: 'windows', category, channel, provider, eventId: id });
  }
  const category = id === null ? null : (linuxCategories[id] ?? null);
  return sourceOf({ product: 'linux', service: 'sysmon', category, channel, provider, eventId: id });
};

const numberOf = (value: LogValue | undefined): number | null => {
  const text = textOf(value);
  return text !== null && /^\d{1,10}$/.test(text) ? Number(text) : null;
};
