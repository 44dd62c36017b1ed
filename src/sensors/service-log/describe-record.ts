import type { LabEvent } from '../../model/event.ts';
import type { ServiceDataset } from '../../model/service-log.ts';

type NativeRecord = Readonly<Record<string, unknown>>;

/** The columns that a native record fills; what it does not say, or says in another type than it should, stays absent. */
export const describeRecord = (dataset: ServiceDataset, record: NativeRecord): Partial<LabEvent> => {
  switch (dataset) {
    case 'dns.queries':
      return servedName(record);
    case 'http.access':
      return servedRequest(record);
    case 'azure.signinlogs':
      return signIn(record);
    case 'azure.auditlogs':
      return changed(record);
    case 'azure.activitylogs':
      return operated(record);
  }
};

const servedName = ({ name, type, outcome }: NativeRecord): Partial<LabEvent> => ({
  'dns.question.name': text(name),
  'dns.question.type': text(type),
  'dns.response_code': text(outcome),
  'event.outcome': outcome === 'NOERROR' ? 'success' : 'failure',
  'event.reason': outcome === 'NOERROR' ? undefined : text(outcome),
});

const servedRequest = ({ userAgent, status, problem }: NativeRecord): Partial<LabEvent> => ({
  'user_agent.original': text(userAgent),
  'event.outcome': typeof status === 'number' && status < 400 ? 'success' : 'failure',
  'event.reason': text(problem),
});

const signIn = ({ resultType, properties }: NativeRecord): Partial<LabEvent> => {
  const { userPrincipalName, userId, userAgent } = object(properties);
  return {
    'user.id': text(userId),
    'user.email': text(userPrincipalName),
    'user_agent.original': text(userAgent),
    'event.outcome': resultType === '0' ? 'success' : 'failure',
    'event.reason': resultType === '0' ? undefined : text(resultType),
  };
};

const changed = ({ identity, properties }: NativeRecord): Partial<LabEvent> => ({
  'user.email': text(identity),
  'event.outcome': text(object(properties)['result']) === 'success' ? 'success' : 'failure',
});

const operated = ({ resultType, properties }: NativeRecord): Partial<LabEvent> => {
  const { caller, userAgent } = object(properties);
  return {
    'user.email': text(caller),
    'user_agent.original': text(userAgent),
    'event.outcome': resultType === 'Success' ? 'success' : resultType === 'Failure' ? 'failure' : 'unknown',
  };
};

const object = (value: unknown): NativeRecord =>
  typeof value === 'object' && value !== null ? (value as NativeRecord) : {};

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
