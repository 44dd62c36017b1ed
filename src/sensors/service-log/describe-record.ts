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
    case 'c2.access':
      return servedByC2(record);
    case 'proxy.access':
      return relayedRequest(record);
  }
};

const relayedRequest = ({ target, host, port, sent, received, ...record }: NativeRecord) => {
  const status = number(record['status']);
  return {
    ...request(record),
    'destination.domain': text(host),
    'destination.port': number(port),
    'source.bytes': number(sent),
    'destination.bytes': number(received),
    'url.full': text(target),
    'event.outcome': status !== undefined && status < 400 ? 'success' : 'failure',
    'event.reason': text(record['reason']),
  };
};

const request = ({ method, status, userAgent }: NativeRecord): Partial<LabEvent> => ({
  'http.request.method': text(method),
  'http.response.status_code': number(status),
  'user_agent.original': text(userAgent),
});

const servedName = ({ name, type, outcome }: NativeRecord): Partial<LabEvent> => ({
  'dns.question.name': text(name),
  'dns.question.type': text(type),
  'dns.response_code': text(outcome),
  'event.outcome': outcome === 'NOERROR' ? 'success' : 'failure',
  'event.reason': outcome === 'NOERROR' ? undefined : text(outcome),
});

const servedRequest = ({ status, problem, ...record }: NativeRecord): Partial<LabEvent> => ({
  ...request({ status, ...record }),
  'event.outcome': typeof status === 'number' && status < 400 ? 'success' : 'failure',
  'event.reason': text(problem),
});

const servedByC2 = ({ protocol, kind, port, host, path, serverName, ...record }: NativeRecord): Partial<LabEvent> => ({
  ...request(record),
  'destination.port': number(port),
  'source.bytes': number(record['received']),
  'destination.bytes': number(record['sent']),
  'tls.client.server_name': text(serverName),
  'url.full': text(host) === undefined ? undefined : `${text(protocol)}://${text(host)}${text(path)}`,
  'event.outcome': kind === 'malformed' ? 'failure' : 'success',
  'event.reason': text(record['reason']),
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

const number = (value: unknown): number | undefined => (Number.isSafeInteger(value) ? Number(value) : undefined);
