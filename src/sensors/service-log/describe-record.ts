import type { LabEvent } from '../../model/event.ts';
import type { ServiceDataset } from '../../model/service-log.ts';

type NativeRecord = Readonly<Record<string, unknown>>;

/** The columns that a native record fills; what it does not say, or says in another type than it should, stays absent. */
export const describeRecord = (dataset: ServiceDataset, record: NativeRecord): Partial<LabEvent> => {
  switch (dataset) {
    case 'dns.queries':
      return servedName(record);
    case 'azure.signinlogs':
    case 'azure.auditlogs':
    case 'azure.activitylogs':
      return {};
  }
};

const servedName = ({ name, type, outcome }: NativeRecord): Partial<LabEvent> => ({
  'dns.question.name': text(name),
  'dns.question.type': text(type),
  'dns.response_code': text(outcome),
  'event.outcome': outcome === 'NOERROR' ? 'success' : 'failure',
  'event.reason': outcome === 'NOERROR' ? undefined : text(outcome),
});

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
